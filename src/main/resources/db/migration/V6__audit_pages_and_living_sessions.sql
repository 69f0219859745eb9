-- GET /audit by account and kind at once; V2 has an index for each alone.
CREATE INDEX audit_by_account_and_kind ON audit (account, kind, id);
-- How many sessions live is counted by this index alone, see LivingSessions.java.
CREATE INDEX session_refreshable ON session (refresh_expires_at) WHERE ended_at IS NULL;
