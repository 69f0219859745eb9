/**
 * Which database holds the accounts, its schema, its transactions.
 *
 * <p>The embedded SQLite file or, where {@code DATABASE_URL} is set, PostgreSQL; one build, one set
 * of migrations, one SQL. What the tables mean is known to the {@code *Store} classes only.
 */
package io.simplejwt.store;
