/**
 * {@code POST /auth}: credentials in, token out.
 *
 * <p>Joins {@code account}, {@code session} and {@code token}; owns none of their rules.
 */
package io.simplejwt.login;
