/**
 * What holds for every request whatever it asks: request id, body limit, JSON and nothing else, and
 * the end of its connection while the service stops.
 *
 * <p>Owns no URL.
 */
package io.simplejwt.http;
