-- One script for SQLite and PostgreSQL: identifiers are text (UUIDv7), times are seconds since 1970,
-- truth values are 0 and 1.

-- The oldest migration that a release must know to use this store. Only a migration that takes
-- something away raises it; see Schema.java.
CREATE TABLE schema_floor (
  migration integer NOT NULL
);
INSERT INTO schema_floor (migration) VALUES (1);

CREATE TABLE account (
  id             text    PRIMARY KEY,
  email          text    NOT NULL,        -- as its owner writes it
  email_key      text    NOT NULL UNIQUE, -- as it is compared, see Email.java
  email_verified integer NOT NULL,
  password_hash  text    NOT NULL,        -- PHC string, parameters included
  disabled       integer NOT NULL,
  -- Rises with every change that ends sessions. A sign-in that began before such a change finds
  -- another number when it ends, and fails.
  version        integer NOT NULL,
  created_at     bigint  NOT NULL
);

CREATE TABLE account_role (
  account_id text NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  role       text NOT NULL,
  PRIMARY KEY (account_id, role)
);
CREATE INDEX account_role_by_role ON account_role (role, account_id);

-- Updated by whoever may take an administrator away, so that two who do so at once take turns.
CREATE TABLE administrator_guard (
  turns bigint NOT NULL
);
INSERT INTO administrator_guard (turns) VALUES (0);

-- No foreign key: the ended sessions of a deleted account stay until their tokens have expired.
CREATE TABLE session (
  id               text   PRIMARY KEY,
  account_id       text   NOT NULL,
  created_at       bigint NOT NULL,
  expires_at       bigint NOT NULL,
  tokens_expire_at bigint NOT NULL, -- when the last token of this session will have expired
  ended_at         bigint           -- null while it lives
);
CREATE INDEX session_living ON session (account_id) WHERE ended_at IS NULL;
-- The revocation list, read whole at start.
CREATE INDEX session_ended ON session (tokens_expire_at) WHERE ended_at IS NOT NULL;
CREATE INDEX session_expiry ON session (expires_at);
