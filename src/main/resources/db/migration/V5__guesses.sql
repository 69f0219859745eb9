-- Who guesses at passwords, and from where people sign in; see Guesses.java. Emails stand here as SHA-256, since
-- what strangers type may be anything.

-- Wrong passwords in a row, for emails with an account and without one.
CREATE TABLE guess (
  email_digest text    PRIMARY KEY,
  failures     integer NOT NULL, -- those included that are being checked just now
  last_at      bigint  NOT NULL  -- when the last of them was let in
);
CREATE INDEX guess_by_time ON guess (last_at);

-- The networks that an account was signed in to from. Each has guesses of its own, see used_until.
CREATE TABLE known_network (
  email_digest text   NOT NULL,
  network      text   NOT NULL, -- an IPv4 address or the /64 of an IPv6 one
  account_id   text   NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  signed_in_at bigint NOT NULL,
  used_until   bigint NOT NULL, -- when all guesses will have come back
  PRIMARY KEY (email_digest, network)
);
CREATE INDEX known_network_by_network ON known_network (network);
CREATE INDEX known_network_by_account ON known_network (account_id);
