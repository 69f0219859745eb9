-- What bench/dashboard.sh fills a store with, one script for SQLite and PostgreSQL: a million rows of the audit in 30
-- days, a million sessions of 100,000 accounts, and every counter of every hour, with all its stripes and eight reasons.
WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 999999)
INSERT INTO audit (id, minute, kind, detail, account, actor, address, first_at, last_at, times)
SELECT '00000000-0000-7000-8000-' || CAST(100000000000 + i AS text), (:now - 2592000 + i * 5 / 2) / 60 * 60,
       CASE i % 10 WHEN 0 THEN 'refusal' WHEN 1 THEN 'logout' WHEN 2 THEN 'refresh' ELSE 'sign-in' END,
       CASE i % 10 WHEN 0 THEN 'wrong password' ELSE '' END,
       '11111111-0000-7000-8000-' || CAST(100000000000 + i % 100000 AS text), '', '192.0.2.' || CAST(i % 250 AS text),
       :now - 2592000 + i * 5 / 2, :now - 2592000 + i * 5 / 2, 1
FROM n WHERE true ON CONFLICT DO NOTHING;

WITH RECURSIVE h (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM h WHERE i < 719),
  k (kind, detail) AS (VALUES
    ('sign-in', ''), ('refresh', ''), ('logout', ''), ('account-created', ''), ('reuse', ''), ('session-ended', ''),
    ('refusal', 'wrong password'), ('refusal', 'unknown email'), ('refusal', 'account disabled'),
    ('refusal', 'role missing'), ('refusal', 'wrong current password'), ('refusal', 'session ended'),
    ('refusal', 'unknown refresh token'), ('refusal', 'too many attempts')),
  s (stripe) AS (SELECT 0 UNION ALL SELECT stripe + 1 FROM s WHERE stripe < 15)
INSERT INTO audit_hour (hour, kind, detail, stripe, times)
SELECT :now / 3600 * 3600 - i * 3600, kind, detail, stripe, 7 FROM h, k, s WHERE kind <> 'refusal' OR stripe = 0 ON CONFLICT DO NOTHING;

WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 999999)
INSERT INTO session (id, account_id, created_at, expires_at, tokens_expire_at, refresh_expires_at, used_at, address)
SELECT '22222222-0000-7000-8000-' || CAST(100000000000 + i AS text),
       '11111111-0000-7000-8000-' || CAST(100000000000 + i % 100000 AS text),
       :now, :now + 864000, :now + 3600, :now + 259200, :now, '192.0.2.7'
FROM n;
