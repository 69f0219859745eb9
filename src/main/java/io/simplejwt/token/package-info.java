/**
 * What we sign and what we trust: keys, issuing, verifying, the revocation list; {@code GET
 * /contents}.
 *
 * <p>JSON Web Tokens (RFC 7519) signed by HMAC-SHA256 (RFC 7515, RFC 7518 §3.2), checked by the
 * rules of RFC 8725. Knows no account and no database: everything it needs is in memory.
 */
package io.simplejwt.token;
