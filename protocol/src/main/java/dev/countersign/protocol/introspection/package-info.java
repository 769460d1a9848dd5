/**
 * The question whether a token still stands, and its answer (RFC 7662).
 *
 * <p>Owns both messages in both directions, the answer as JSON or as a signed JWT (RFC 9701), and
 * the checks of a resource server on an answer alone. Never decides who may ask, or whether a grant
 * stands: that is the authorization server's knowledge.
 */
package dev.countersign.protocol.introspection;
