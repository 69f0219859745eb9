'use strict'
// The same contract by fastify, @fastify/jwt and @node-rs/argon2 (native code): GET /, GET /contents, POST /auth for one account.
// PORT, JWT_SECRET, EMAIL and PASSWORD come from the environment.
const argon2 = require('@node-rs/argon2')
const { PORT, JWT_SECRET, EMAIL, PASSWORD } = process.env
const COST = { algorithm: argon2.Algorithm.Argon2id, memoryCost: 19 * 1024, timeCost: 2, parallelism: 1 }

const server = require('fastify')({ logger: false })
server.register(require('@fastify/jwt'), {
  secret: JWT_SECRET,
  sign: { iss: 'simple-jwt-api', expiresIn: '1h' },
  verify: { allowedIss: 'simple-jwt-api', algorithms: ['HS256'] }
})

async function start () {
  const hash = await argon2.hash(PASSWORD, COST)
  server.get('/', async (request, reply) => reply.type('application/json').send('"Healthy"'))
  server.get('/contents', { onRequest: request => request.jwtVerify() }, async request => request.user)
  server.post('/auth', async (request, reply) => {
    const { email, password } = request.body
    if (!await argon2.verify(hash, password) || email !== EMAIL) return reply.code(401).send()
    return { token: server.jwt.sign({ email, groups: [] }) }
  })
  await server.listen({ port: Number(PORT), host: '127.0.0.1' })
}

start()
