/**
 * The operator's page: {@code GET /dashboard}, its scripts and its styles, and {@code GET
 * /dashboard/data}, the figures that it shows.
 *
 * <p>On top of all other packages. Whatever the page changes it changes by the calls that everybody
 * has; its files are in {@code src/main/resources/dashboard}.
 */
package io.simplejwt.dashboard;
