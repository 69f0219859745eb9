/**
 * What holds for every request whatever it asks: request id, client address, body limit, the type
 * of its body, when its answer is sent, and the end of its connection while the service stops.
 *
 * <p>Owns no URL.
 */
package io.simplejwt.http;
