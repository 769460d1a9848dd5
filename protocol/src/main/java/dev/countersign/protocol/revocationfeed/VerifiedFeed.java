package dev.countersign.protocol.revocationfeed;

/**
 * The proof that a feed was signed by the expected issuer for this resource server a moment ago,
 * and is no older than the one before. Only {@link FeedVerifier} makes one.
 */
public sealed interface VerifiedFeed permits FeedVerifier.Verified {

  /** What the feed says. */
  FeedClaims claims();
}
