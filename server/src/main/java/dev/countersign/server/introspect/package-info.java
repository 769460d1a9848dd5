/**
 * The introspection endpoint: a resource server asks whether a token that it was given still
 * stands.
 *
 * <p>Sections: RFC 7662, RFC 9701, FAPI 2.0 Security Profile 5.3.4, Message Signing 5.5. Routes:
 * {@code POST {issuer}/introspect}. Callers are the resource servers of the configuration, each
 * told of its own tokens alone. Never tells anybody why a token is not active, and never anything
 * of a refresh token.
 */
@NullMarked
package dev.countersign.server.introspect;

import org.jspecify.annotations.NullMarked;
