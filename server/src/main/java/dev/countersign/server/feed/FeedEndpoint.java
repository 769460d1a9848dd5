package dev.countersign.server.feed;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.countersign.edge.HttpRequest;
import dev.countersign.edge.HttpResponse;
import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.protocol.revocationfeed.FeedClaims;
import dev.countersign.requirement.Enforces;
import dev.countersign.server.refusal.Endpoint;
import dev.countersign.server.refusal.RequestLog;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Answers with the feed of one resource. An answer is kept for a second, and one at a time makes
 * it, so that many who ask cost no more than one.
 */
public final class FeedEndpoint implements Endpoint {
  /** Our choice: far below the time between two polls of a resource server. */
  static final Duration KEPT = Duration.ofSeconds(1);

  /** Our choice: how long a request may have waited, and be overtaken by the answer to another. */
  private static final Duration OVERTAKEN = Duration.ofSeconds(10);

  private record Answer(HttpResponse response, Instant at) {
    /** Also for a request from before it; not where the clock was set back. */
    boolean isNow(Instant now) {
      Duration age = Duration.between(at, now);
      return age.compareTo(KEPT) < 0 && age.negated().compareTo(OVERTAKEN) < 0;
    }
  }

  private final Set<ResourceIndicator> known;
  private final SignedFeeds feeds;
  private final Map<ResourceIndicator, Answer> answers = new ConcurrentHashMap<>();

  /**
   * Answers about these resources.
   *
   * @param known all that tokens are issued for, and so the bound of what is kept
   */
  public FeedEndpoint(Set<ResourceIndicator> known, SignedFeeds feeds) {
    this.known = Set.copyOf(known);
    this.feeds = feeds;
  }

  @Override
  @Enforces({"SP-5.3.4-3"})
  public HttpResponse handle(HttpRequest request, Instant now, RequestLog log) {
    List<String> named = Form.parseQuery(request.query().orElse("")).values("resource");
    if (named.size() != 1) {
      throw Refusal.oauth(OAuthError.INVALID_REQUEST, "OA-3", "name one resource").exception();
    }
    ResourceIndicator resource = ResourceIndicator.parse(named.getFirst());
    if (!known.contains(resource)) {
      throw Refusal.oauth(OAuthError.INVALID_TARGET, "OA-11", "the resource is not known")
          .withDetail(Refusal.mismatch("resource", resource.value(), "one of the configuration"))
          .exception();
    }
    return answer(resource, now).response();
  }

  private Answer answer(ResourceIndicator resource, Instant now) {
    // One at a time makes a feed, and who comes meanwhile gets the same. Whoever was slower must
    // not put an older one in place: resource servers refuse to go back.
    return answers.compute(
        resource, (_, kept) -> kept != null && kept.isNow(now) ? kept : fresh(resource, now));
  }

  private Answer fresh(ResourceIndicator resource, Instant now) {
    return new Answer(
        HttpResponse.of(200, FeedClaims.MEDIA_TYPE, feeds.sign(resource, now).getBytes(US_ASCII))
            .with("Cache-Control", "public, max-age=" + KEPT.toSeconds()),
        now);
  }
}
