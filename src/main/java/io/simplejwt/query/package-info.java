/**
 * {@code POST /query}: SQL over HTTP, one statement a call, on a database of its own.
 *
 * <p>Never reaches the accounts' store. Reading and writing are kept apart by the database itself:
 * other users of PostgreSQL, another open mode of SQLite. {@link io.simplejwt.query.Queries} is the
 * one door; it knows no HTTP, and every statement that passes it is recorded.
 */
package io.simplejwt.query;
