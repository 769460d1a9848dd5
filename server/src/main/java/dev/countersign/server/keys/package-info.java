/**
 * The server's own keys: made at first start, kept in the store, shared by all nodes.
 *
 * <p>Sections: FAPI 2.0 Security Profile 5.4. Single-purpose: signing keys sign tokens, nonce keys
 * authenticate DPoP nonces, one for the server's endpoints and one for its resource, another makes
 * the handles of the revocation feed. Never logs or publishes a private part.
 */
@NullMarked
package dev.countersign.server.keys;

import org.jspecify.annotations.NullMarked;
