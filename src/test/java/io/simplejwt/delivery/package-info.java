/**
 * How the service is delivered: the manifests that are generated, those beside them, and the
 * templates of the pipeline.
 */
package io.simplejwt.delivery;
