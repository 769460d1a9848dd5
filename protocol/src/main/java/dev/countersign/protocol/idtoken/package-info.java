/**
 * The ID token: what it says of a login, how it is signed and how a client verifies it (OpenID
 * Connect Core sections 2, 3.1.3.6, 3.1.3.7 and 12.2).
 *
 * <p>Owns the checks on the token alone and those against what the client sent (nonce, access
 * token, an earlier ID token). Never knows a token for several audiences or one without signature.
 */
package dev.countersign.protocol.idtoken;
