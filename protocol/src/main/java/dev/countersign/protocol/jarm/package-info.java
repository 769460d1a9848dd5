/**
 * The authorization response as a signed JWT (JWT Secured Authorization Response Mode for OAuth
 * 2.0, FAPI 2.0 Message Signing section 5.4).
 *
 * <p>Owns the JWT in both directions and the order of the client's checks: who says it, to whom and
 * until when comes before any key, the signature before any code. Never encrypts, and takes nothing
 * encrypted; how the JWT travels is the authorization server's business.
 */
package dev.countersign.protocol.jarm;
