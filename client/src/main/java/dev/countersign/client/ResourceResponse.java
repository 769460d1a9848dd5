package dev.countersign.client;

import dev.countersign.protocol.http.Challenge;
import dev.countersign.protocol.http.FapiInteractionId;
import dev.countersign.protocol.http.Headers;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.remote.RemoteAnswer;
import dev.countersign.requirement.Enforces;
import java.util.List;
import java.util.Optional;

/** What a resource server answered, of any status; redirects are answers like any other. */
public final class ResourceResponse {

  private final RemoteAnswer answer;
  private final FapiInteractionId interactionId;

  ResourceResponse(RemoteAnswer answer, FapiInteractionId interactionId) {
    this.answer = answer;
    this.interactionId = interactionId;
  }

  /** The HTTP status. */
  public int status() {
    return answer.status();
  }

  /** The fields, names compared without case. */
  public Headers headers() {
    return answer.headers();
  }

  /** A copy of the content; empty if there is none. */
  public byte[] body() {
    return answer.body();
  }

  /**
   * The content as a JSON object.
   *
   * @throws ProtocolViolation if it is not one, strictly read
   */
  public JsonObject json() throws ProtocolViolation {
    try {
      return answer.json();
    } catch (MalformedJsonException e) {
      throw new ProtocolViolation("DP-10", "the resource server answered no JSON object");
    }
  }

  /** What a 401 or 403 asks for ({@code WWW-Authenticate}); empty if it has none. */
  public List<Challenge> challenges() {
    return Challenge.parse(answer.headers().all(Challenge.HEADER));
  }

  /**
   * What login a 401 demands before the same request may pass (RFC 9470); empty for any other
   * answer. Have the person log in again by {@link FlowRequest#withStepUp}, and call with the
   * tokens of that flow. A demand that comes again after it was met is the server's fault: do not
   * loop.
   */
  @Enforces("SU-2")
  public Optional<StepUp> stepUp() {
    return status() == 401
        ? challenges().stream().flatMap(one -> StepUp.of(one).stream()).findFirst()
        : Optional.empty();
  }

  /** The interaction id of the request. */
  public FapiInteractionId interactionId() {
    return interactionId;
  }

  /** Status and interaction id only. */
  @Override
  public String toString() {
    return "ResourceResponse[status=" + status() + ", interaction=" + interactionId.value() + "]";
  }
}
