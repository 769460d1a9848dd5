/**
 * Signed JSON: keys, key sets, signatures and the strict look at the compact form (RFC 7515, 7517,
 * 7518, 7638, 8037, 8725; Security Profile 5.4).
 *
 * <p>Owns: which algorithms, keys and JOSE headers are acceptable at all, and every cryptographic
 * operation, which goes through one {@link dev.countersign.protocol.jose.Jose} object and its
 * provider.
 *
 * <p>Never: fetches a key, follows a header, encrypts, installs a provider, or decides what a claim
 * must say.
 */
@NullMarked
package dev.countersign.protocol.jose;

import org.jspecify.annotations.NullMarked;
