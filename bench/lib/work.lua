-- What wrk sends, for bench/run.sh and bench/growth.sh. From the environment:
--   WORK            shares, as in "auth=1 refresh=4 contents=95"
--   DIALECT         own (default) or keycloak
--   EMAIL, PASSWORD, TOKEN (for contents)
--   ACCOUNTS        n: sign in as one of user0@example.com to user<n-1>@example.com, at random, instead of EMAIL
--   REFRESH_TOKENS  a file of refresh tokens, one a line: at least two more than connections
-- A refresh token is used once, and the one that came for it goes on, as a client would do it.
local dialects = {
  own = {
    contents = "/contents", auth = "/auth", refresh = "/auth/refresh", type = "application/json",
    credentials = '{"email":"%s","password":"%s"}', exchange = '{"refresh_token":"%s"}',
  },
  keycloak = {
    contents = "/realms/bench/protocol/openid-connect/userinfo",
    auth = "/realms/bench/protocol/openid-connect/token",
    refresh = "/realms/bench/protocol/openid-connect/token", type = "application/x-www-form-urlencoded",
    credentials = "grant_type=password&client_id=bench&scope=openid&username=%s&password=%s",
    exchange = "grant_type=refresh_token&client_id=bench&refresh_token=%s",
  },
}
local dialect = dialects[os.getenv("DIALECT") or "own"]
local json = { ["Content-Type"] = dialect.type }
local accounts = tonumber(os.getenv("ACCOUNTS") or "")
local tokens = {}
local turns = {}
local ready = {}

local make = {
  contents = function() return ready.contents end,
  auth = function()
    if not accounts then return ready.auth end
    local email = ("user%d@example.com"):format(math.random(0, accounts - 1))
    return wrk.format("POST", dialect.auth, json, dialect.credentials:format(email, os.getenv("PASSWORD")))
  end,
  refresh = function()
    local token = table.remove(tokens, 1)
    if not token then return ready.auth end -- a client without a token signs in
    return wrk.format("POST", dialect.refresh, json, dialect.exchange:format(token))
  end,
}

function init()
  math.randomseed(os.time())
  ready.contents = wrk.format("GET", dialect.contents, { Authorization = "Bearer " .. (os.getenv("TOKEN") or "") })
  ready.auth = wrk.format("POST", dialect.auth, json,
    dialect.credentials:format(os.getenv("EMAIL"), os.getenv("PASSWORD")))
  for name, share in os.getenv("WORK"):gmatch("(%a+)=(%d+)") do
    for _ = 1, tonumber(share) do turns[#turns + 1] = make[name] end
  end
  if os.getenv("REFRESH_TOKENS") then
    for line in io.lines(os.getenv("REFRESH_TOKENS")) do tokens[#tokens + 1] = line end
  end
end

function request() return turns[math.random(#turns)]() end

-- Looking at answers costs wrk more than sending: only where something comes of it.
if os.getenv("REFRESH_TOKENS") then
  function response(status, _, body)
    local token = status == 200 and body:match('"refresh_token":"([^"]+)"')
    if token then tokens[#tokens + 1] = token end
  end
end
