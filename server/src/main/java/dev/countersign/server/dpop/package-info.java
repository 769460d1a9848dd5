/**
 * DPoP at the server's own endpoints (RFC 9449): which proof an endpoint expects, and its nonces.
 *
 * <p>Never uses up a proof: that happens in the store operation of the endpoint, when all is
 * verified.
 */
@NullMarked
package dev.countersign.server.dpop;

import org.jspecify.annotations.NullMarked;
