/**
 * Proof Key for Code Exchange: the verifier a client keeps and the challenge it sends (RFC 7636).
 *
 * <p>Owns both values and the one method we know, {@code S256}. {@code plain}, an absent method and
 * an absent challenge are refused (FAPI 2.0 Security Profile section 5.3.2.2 item 5). Never stores
 * anything and never decides which request a challenge belongs to.
 */
package dev.countersign.protocol.pkce;
