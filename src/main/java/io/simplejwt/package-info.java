/**
 * The service's entry point.
 *
 * <p>One package per thing the service does; the URL tells the package. {@code setting}, {@code
 * problem}, {@code store} and {@code audit} know no feature; the features ({@code account}, {@code
 * token}, {@code session}, {@code health}) know those; {@code login} and {@code http} know the
 * features.
 */
package io.simplejwt;
