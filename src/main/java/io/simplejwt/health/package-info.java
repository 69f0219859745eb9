/**
 * {@code GET /} for people and load balancers, {@code GET /release} for administrators, readiness
 * for Kubernetes.
 *
 * <p>None asks the database: a short loss of it must not take the service down.
 */
package io.simplejwt.health;
