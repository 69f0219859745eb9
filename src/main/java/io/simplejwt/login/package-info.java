/**
 * Wherever a password is checked: {@code POST /auth}, credentials in, token out; and the change of
 * one's own password. What keeps guessers out: a limit for each address, then one for each account.
 *
 * <p>Joins {@code account}, {@code session} and {@code token}; owns none of their rules.
 */
package io.simplejwt.login;
