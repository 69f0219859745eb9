-- The statements of POST /query, without their literals; see Audit.java.
CREATE TABLE audit_statement (
  id           text   PRIMARY KEY, -- UUIDv7
  asked_at     bigint NOT NULL,
  account      text   NOT NULL,
  address      text   NOT NULL,
  access       text   NOT NULL,    -- read or write
  statement    text   NOT NULL,
  outcome      text   NOT NULL,
  row_count    bigint NOT NULL,
  milliseconds bigint NOT NULL
);
CREATE INDEX audit_statement_by_account ON audit_statement (account, id);
CREATE INDEX audit_statement_by_time ON audit_statement (asked_at);
