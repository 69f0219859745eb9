/**
 * What we sign and what we trust: keys and their rotation, issuing, verifying, the revocation list;
 * {@code GET /contents}, and what others need to verify by themselves.
 *
 * <p>JSON Web Tokens (RFC 7519) signed by HMAC-SHA256, ECDSA or Ed25519 (RFC 7515, RFC 7518 §3, RFC
 * 8037), checked by the rules of RFC 8725. Knows no account. Verifying needs no database: what it
 * needs is in memory; only the key pairs' rotation sees the store.
 */
package io.simplejwt.token;
