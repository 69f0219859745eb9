/**
 * How environment variables reach the service and how a bad one is told.
 *
 * <p>Each variable itself stands in the configuration interface of the feature that it steers.
 */
package io.simplejwt.setting;
