package dev.countersign.resource;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.jose.CompactJws;
import dev.countersign.protocol.jose.InvalidJwtException;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.metadata.AuthorizationServerMetadata;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.protocol.revocationfeed.FeedClaims;
import dev.countersign.protocol.revocationfeed.FeedVerifier;
import dev.countersign.protocol.revocationfeed.VerifiedFeed;
import dev.countersign.remote.HttpsExchange;
import dev.countersign.remote.RemoteAnswer;
import dev.countersign.remote.RemoteException;
import dev.countersign.remote.RemoteIssuer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.InstantSource;
import java.util.Optional;

/** Where feeds come from: the {@code revocation_feed_endpoint} of the issuer's metadata. */
record FeedSource(
    RemoteIssuer issuer,
    HttpsExchange exchange,
    ResourceIndicator audience,
    Jose jose,
    InstantSource clock) {

  /** There is no good feed; says why, in words of ours. */
  static final class NoFeedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String why;

    NoFeedException(String why) {
      super(why);
      this.why = why;
    }

    String why() {
      return why;
    }
  }

  /**
   * The feed as it is now, judged by the time at which it came.
   *
   * @param before the newest so far; an older one is refused
   */
  VerifiedFeed fetch(Optional<VerifiedFeed> before) throws NoFeedException, RemoteException {
    AuthorizationServerMetadata metadata = issuer.metadata();
    URI endpoint =
        metadata
            .revocationFeedEndpoint()
            .orElseThrow(() -> new NoFeedException("the issuer's metadata names no feed"));
    RemoteAnswer answer =
        exchange.send(
            HttpRequest.newBuilder(question(endpoint))
                .header("Accept", FeedClaims.MEDIA_TYPE)
                .GET()
                .build());
    if (answer.status() != 200) {
      throw new NoFeedException("the feed's endpoint answered " + answer.status());
    }
    try {
      CompactJws feed = FeedVerifier.parse(new String(answer.body(), US_ASCII));
      JwkSet keys = issuer.forKid(feed.algorithm(), feed.kid());
      return new FeedVerifier(jose, metadata.issuer(), audience)
          .verify(feed, keys, before, clock.instant());
    } catch (InvalidJwtException e) {
      throw new NoFeedException("the feed is not good: " + e.reason());
    }
  }

  private URI question(URI endpoint) {
    String query = Form.builder().add("resource", audience.value()).build().encode();
    return URI.create(endpoint + (endpoint.getRawQuery() == null ? "?" : "&") + query);
  }
}
