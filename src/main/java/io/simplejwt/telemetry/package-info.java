/**
 * What is told about each request to whoever watches the service: the labels of its metrics, the
 * attributes of its spans, its line of the access log. Whatever a caller sends, none of it makes
 * them grow without bound, forges a line or gives a secret away.
 *
 * <p>Owns no URL. What happened to accounts and sessions is counted where it is audited.
 */
package io.simplejwt.telemetry;
