package dev.countersign.server.refusal;

import dev.countersign.edge.HttpResponse;
import dev.countersign.requirement.Enforces;
import java.time.Instant;

/** What every answer of an endpoint carries, whether it is a success or a refusal. */
@FunctionalInterface
public interface AlwaysHeaders {
  /** Seconds; our choice. */
  String SOON = "2";

  /** The answer with these headers. */
  HttpResponse on(HttpResponse response, Instant now);

  /** Nothing of its own. */
  static AlwaysHeaders none() {
    return (response, now) -> response;
  }

  /** As RFC 6749 section 5.1 wants it of the token endpoint: both headers. */
  @Enforces({"OA-4"})
  static AlwaysHeaders tokenNoStore() {
    return (response, now) -> response.with("Cache-Control", "no-store").with("Pragma", "no-cache");
  }

  /** As RFC 9126 section 2.2 shows it for PAR. */
  @Enforces({"PAR-5"})
  static AlwaysHeaders parNoStore() {
    return (response, now) -> response.with("Cache-Control", "no-cache, no-store");
  }

  /** As Grant Management section 6.4 shows it for grants. */
  @Enforces({"GM-6.4-1"})
  static AlwaysHeaders grantNoStore() {
    return parNoStore();
  }

  /** With each 503, when to come again: a store that was busy or starts is soon there again. */
  @Enforces({"GM-6.4-4"})
  static AlwaysHeaders retryAfter() {
    return (response, now) ->
        response.status() == 503 ? response.with("Retry-After", SOON) : response;
  }

  /**
   * For browsers: the address of the page, which names the interaction, reaches nobody else, and
   * neither does the page a frame or a cache. One that says more to caches than that goes on doing
   * so.
   */
  @Enforces({"BCP-4.2", "BCP-4.16"})
  static AlwaysHeaders browser() {
    return (response, now) ->
        kept(response).with("Referrer-Policy", "no-referrer").with("X-Frame-Options", "DENY");
  }

  private static HttpResponse kept(HttpResponse response) {
    return response.all("Cache-Control").contains("no-cache, no-store")
        ? response
        : response.with("Cache-Control", "no-store");
  }

  /** These headers, then those. */
  default AlwaysHeaders and(AlwaysHeaders more) {
    return (response, now) -> more.on(on(response, now), now);
  }
}
