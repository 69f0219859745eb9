-- What bench/growth.sh fills a store with, one script for SQLite and PostgreSQL: :n accounts, user0@example.com and on,
-- with the password of the one account that is there.
WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < :n - 1)
INSERT INTO account (id, email, email_key, email_verified, password_hash, disabled, version, created_at)
SELECT '11111111-0000-7000-8000-' || CAST(100000000000 + i AS text), 'user' || CAST(i AS text) || '@example.com',
       'user' || CAST(i AS text) || '@example.com', 0, password_hash, 0, version, created_at
FROM n, (SELECT password_hash, version, created_at FROM account WHERE email = 'abc@xyz.com') AS one;
