/**
 * The words of OAuth 2.0 and OpenID Connect as types: identifiers, URIs, scopes, grants and secrets
 * (RFC 6749, 8707, 9126, 9207, OpenID Connect Core).
 *
 * <p>Owns: the form each value may have. A constructor refuses a wrong form with {@link
 * IllegalArgumentException} (a fault of the caller); {@code parse} refuses it with the OAuth error
 * that belongs to it (a fault of the message).
 *
 * <p>Never: says whether a value is known, registered or still good.
 */
@NullMarked
package dev.countersign.protocol.oauth;

import org.jspecify.annotations.NullMarked;
