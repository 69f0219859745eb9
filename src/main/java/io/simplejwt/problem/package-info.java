/**
 * The vocabulary of failures and the one place that turns them into HTTP.
 *
 * <p>Every error answer is a problem document (RFC 9457). Knows no feature.
 */
package io.simplejwt.problem;
