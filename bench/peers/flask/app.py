"""The same contract on the original's stack: Flask, PyJWT and argon2-cffi as Debian has them, served by gunicorn.

GET /, GET /contents, POST /auth for one account. JWT_SECRET, EMAIL and PASSWORD come from the environment.
"""
import os
import time

import jwt
from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from flask import Flask, Response, abort, jsonify, request

SECRET, EMAIL = os.environ["JWT_SECRET"], os.environ["EMAIL"]
HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
HASH = HASHER.hash(os.environ["PASSWORD"])

app = Flask(__name__)


@app.get("/")
def healthy():
    return Response('"Healthy"', mimetype="application/json")


@app.post("/auth")
def auth():
    body = request.get_json()
    try:
        HASHER.verify(HASH, body["password"])
    except VerifyMismatchError:
        abort(401)
    if body["email"] != EMAIL:
        abort(401)
    now = int(time.time())
    claims = {"iss": "simple-jwt-api", "email": EMAIL, "groups": [], "iat": now, "nbf": now, "exp": now + 3600}
    return jsonify(token=jwt.encode(claims, SECRET, algorithm="HS256"))


@app.get("/contents")
def contents():
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        abort(401)
    try:
        return jsonify(jwt.decode(token, SECRET, algorithms=["HS256"], issuer="simple-jwt-api"))
    except jwt.InvalidTokenError:
        abort(401)
