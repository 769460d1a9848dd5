/**
 * The revocation feed: which grants ended before their access tokens expired, signed by the issuer
 * for one resource server, as a JWT in the form of a Security Event Token (RFC 8417).
 *
 * <p>Owns the message in both directions and all checks on it, that of its age included. The format
 * of the event is ours. Never names a person or a grant: a grant is a handle that means something
 * to one audience alone ({@link dev.countersign.protocol.accesstoken.GrantHandles}). Names a client
 * only if all of it ended at once. Fetches nothing and keeps nothing.
 */
@NullMarked
package dev.countersign.protocol.revocationfeed;

import org.jspecify.annotations.NullMarked;
