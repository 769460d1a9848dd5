/**
 * The pushed authorization request endpoint (RFC 9126), with request objects (RFC 9101), which it
 * can keep, and the rule what a client may ask for.
 *
 * <p>Sections: FAPI 2.0 Security Profile 5.3.2.2, Message Signing 5.3.1. Routes: {@code POST
 * {issuer}/par}. Never answers an unauthenticated client, never fetches anything a request names
 * and never talks to a person.
 */
@NullMarked
package dev.countersign.server.par;

import org.jspecify.annotations.NullMarked;
