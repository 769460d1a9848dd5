/**
 * What an authorization server says about itself (RFC 8414, OpenID Connect Discovery, and the
 * members that RFC 9126, 9207 and 9449 add), and what a protected resource does (RFC 9728).
 *
 * <p>Owns both documents in both directions. A server puts in what it was built with; a client
 * takes only a document whose issuer or resource is the one it asked for, and only https URLs.
 * Never fetches anything.
 */
package dev.countersign.protocol.metadata;
