/**
 * Each sign-in's session: opened, refreshed, ended, forgotten; {@code POST /auth/refresh}, {@code
 * POST /auth/logout}, {@code /accounts/me/sessions}; {@code POST /introspect} (RFC 7662) and {@code
 * POST /revoke} (RFC 7009) for other services.
 *
 * <p>A session's id is the {@code sid} of its tokens. Hears from {@code account} when sessions must
 * end, and tells {@code token}'s revocation list once that is on disk, here or on another replica.
 */
package io.simplejwt.session;
