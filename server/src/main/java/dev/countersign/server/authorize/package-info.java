/**
 * The authorization endpoint (RFC 6749 section 3.1, RFC 9126 section 4) and the way back to the
 * client, plain (RFC 9207) or signed (JARM).
 *
 * <p>Owns the opening of a pushed request in a browser and the one type a redirect to a client is
 * made from. Never takes a parameter from the address but {@code client_id} and {@code
 * request_uri}, never redirects to anything that is not registered, never decides for the person.
 */
@NullMarked
package dev.countersign.server.authorize;

import org.jspecify.annotations.NullMarked;
