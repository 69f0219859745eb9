/**
 * Who may sign in: accounts, their emails, passwords and roles.
 *
 * <p>Owns {@code /accounts} and every password hash (Argon2id, RFC 9106), including the gate that
 * bounds hashing. Knows neither tokens nor sessions: it says by {@link
 * io.simplejwt.account.SessionsMustEnd} when an account's sessions have to end.
 */
package io.simplejwt.account;
