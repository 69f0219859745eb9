/** How the service is delivered: the manifests that are generated, and those beside them. */
package io.simplejwt.delivery;
