/**
 * The revocation feed: tells resource servers that verify access tokens themselves which grants
 * ended before their tokens expired.
 *
 * <p>Sections: FAPI 2.0 Security Profile 5.3.4, RFC 8417 for the form. Routes: {@code GET
 * {issuer}/revocations?resource=...}, for anybody: it names no person and no grant, and says to
 * nobody but the resource server itself which of its tokens are meant. A client it names only if
 * all of it ended at once. Read from the store at each answer, so that every node knows what any
 * node ended.
 */
@NullMarked
package dev.countersign.server.feed;

import org.jspecify.annotations.NullMarked;
