/**
 * What happened, who did it, from where: one door, its table, its log line, and {@code GET /audit}
 * to read it.
 *
 * <p>Knows no feature; the features tell it. Nothing can be told that could hold a password, a
 * token, a secret or a line break: see {@link io.simplejwt.audit.AuditEvent}.
 */
package io.simplejwt.audit;
