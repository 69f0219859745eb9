-- One script for SQLite and PostgreSQL, as V1.

-- The key pairs that sign tokens under JWT_ALGORITHM=ES256 or EdDSA; see KeyRotation.java.
CREATE TABLE signing_key (
  id            text   PRIMARY KEY, -- kid: the public half's thumbprint (RFC 7638)
  algorithm     text   NOT NULL,    -- as in the token's header
  public_key    text   NOT NULL,    -- SubjectPublicKeyInfo, Base64
  private_key   text   NOT NULL,    -- PKCS #8, encrypted, see KeySeal.java
  secret_id     text   NOT NULL,    -- which secret it is encrypted under
  secret_before text,               -- and under which one before, where it was encrypted anew
  signs_from    bigint NOT NULL,    -- until the next key's time comes
  token_life    bigint NOT NULL     -- seconds: the longest that a token of this key can live
);

-- Updated by whoever is about to change the table above, so that replicas take turns.
CREATE TABLE signing_key_guard (
  turns bigint NOT NULL
);
INSERT INTO signing_key_guard (turns) VALUES (0);
