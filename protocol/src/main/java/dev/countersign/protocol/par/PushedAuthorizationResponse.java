package dev.countersign.protocol.par;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.oauth.RequestUri;
import dev.countersign.requirement.Enforces;
import java.time.Duration;

/**
 * The name under which a pushed request can be opened, and for how long (RFC 9126 section 2.2).
 *
 * @param requestUri to be sent to the authorization endpoint, once
 * @param expiresIn whole seconds, one to a day
 */
public record PushedAuthorizationResponse(RequestUri requestUri, Duration expiresIn) {

  /** The longest a pushed request of ours lives: less than 600 seconds (SP-5.3.2.2-12). */
  public static final Duration LONGEST = Duration.ofSeconds(599);

  // What another server may say; so that adding it to a time cannot overflow.
  private static final Duration FURTHEST = Duration.ofDays(1);

  /**
   * Refuses less than a second, parts of one, and more than a day, with {@link
   * IllegalArgumentException}.
   */
  @Enforces({"PAR-5"})
  public PushedAuthorizationResponse {
    if (expiresIn.toSeconds() < 1
        || expiresIn.toNanosPart() != 0
        || expiresIn.compareTo(FURTHEST) > 0) {
      throw new IllegalArgumentException(
          "PushedAuthorizationResponse.expiresIn must be whole seconds, 1 to 1 day (PAR-5)");
    }
  }

  /**
   * The body of the answer. A lifetime above {@link #LONGEST} is a fault of the server and refused
   * with {@link IllegalStateException}.
   */
  @Enforces({"PAR-5", "SP-5.3.2.2-12"})
  public JsonObject toJson() {
    if (expiresIn.compareTo(LONGEST) > 0) {
      throw new IllegalStateException(
          "PushedAuthorizationResponse.expiresIn must be less than 600 s (SP-5.3.2.2-12)");
    }
    return JsonObject.builder()
        .put("request_uri", requestUri.reveal())
        .put("expires_in", expiresIn.toSeconds())
        .build();
  }

  /**
   * Reads what an authorization server answered; a missing or malformed member is refused. A
   * lifetime of 600 seconds or more is the server's fault and does no harm here.
   */
  public static PushedAuthorizationResponse read(JsonObject body) throws MalformedJsonException {
    String requestUri =
        body.string("request_uri")
            .orElseThrow(() -> new MalformedJsonException("request_uri is missing"));
    long expiresIn =
        body.integer("expires_in")
            .orElseThrow(() -> new MalformedJsonException("expires_in is missing"));
    try {
      return new PushedAuthorizationResponse(
          new RequestUri(requestUri), Duration.ofSeconds(expiresIn));
    } catch (IllegalArgumentException e) {
      throw new MalformedJsonException("request_uri or expires_in is malformed");
    }
  }
}
