package io.simplejwt.account;

/** Argon2id version 1.3 (RFC 9106), whoever computes it. Safe for many threads. */
interface Argon2 {
  byte[] derive(byte[] password, byte[] salt, Argon2Parameters parameters);
}
