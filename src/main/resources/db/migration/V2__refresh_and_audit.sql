-- One refresh token a session, replaced at each use; only digests of it are kept, see RefreshToken.java.
-- Every column may be left out: the release before this one does not know them.
ALTER TABLE session ADD COLUMN chain_hash text;         -- of what all refresh tokens of the session share
ALTER TABLE session ADD COLUMN refresh_hash text;       -- of the one that is valid
ALTER TABLE session ADD COLUMN parent_hash text;        -- of the one that was exchanged for it
ALTER TABLE session ADD COLUMN sealed_child text;       -- the valid one, encrypted; for seconds, see SealedChild.java
ALTER TABLE session ADD COLUMN refresh_expires_at bigint NOT NULL DEFAULT 0;
ALTER TABLE session ADD COLUMN used_at bigint;          -- when it was opened or last refreshed
ALTER TABLE session ADD COLUMN address text NOT NULL DEFAULT ''; -- from where that was
CREATE UNIQUE INDEX session_chain ON session (chain_hash);
CREATE INDEX session_sealed ON session (used_at) WHERE sealed_child IS NOT NULL;
-- What has ended lately, read twice a second by each replica, see RevocationFollower.java.
CREATE INDEX session_ended_at ON session (ended_at) WHERE ended_at IS NOT NULL;

-- What happened, who did it: the same thing within a minute is one row, see Audit.java.
CREATE TABLE audit (
  id       text   PRIMARY KEY, -- UUIDv7 of the first time: pages go by it
  minute   bigint NOT NULL,
  kind     text   NOT NULL,
  detail   text   NOT NULL,
  account  text   NOT NULL,    -- whom it concerns; empty where no account is known
  actor    text   NOT NULL,    -- whose token asked for it; empty where none did
  address  text   NOT NULL,
  first_at bigint NOT NULL,
  last_at  bigint NOT NULL,
  times    bigint NOT NULL,
  UNIQUE (minute, kind, detail, account, actor, address)
);
CREATE INDEX audit_by_account ON audit (account, id);
CREATE INDEX audit_by_kind ON audit (kind, id);

-- How often each kind of thing happened in each hour, so that nobody has to count the rows above. The
-- sum over all stripes is what counts: with one row an hour, all sign-ins would wait for each other.
CREATE TABLE audit_hour (
  hour   bigint  NOT NULL,
  kind   text    NOT NULL,
  detail text    NOT NULL,
  stripe integer NOT NULL,
  times  bigint  NOT NULL,
  PRIMARY KEY (hour, kind, detail, stripe)
);
