package dev.countersign.client;

import dev.countersign.protocol.http.Challenge;
import dev.countersign.protocol.http.FapiInteractionId;
import dev.countersign.protocol.http.Headers;
import dev.countersign.protocol.httpsig.VerifiedResponseSignature;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.remote.RemoteAnswer;
import dev.countersign.requirement.Enforces;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a resource server answered, of any status; redirects are answers like any other. */
public final class ResourceResponse {

  private final RemoteAnswer answer;
  private final Optional<VerifiedResponseSignature> signature;
  private final FapiInteractionId interactionId;

  private ResourceResponse(
      RemoteAnswer answer,
      Optional<VerifiedResponseSignature> signature,
      FapiInteractionId interactionId) {
    this.answer = answer;
    this.signature = signature;
    this.interactionId = interactionId;
  }

  /** An answer that need not be signed. */
  ResourceResponse(RemoteAnswer answer, FapiInteractionId interactionId) {
    this(answer, Optional.empty(), interactionId);
  }

  /** An answer with the proof that the resource server signed it. */
  static ResourceResponse signed(
      RemoteAnswer answer, VerifiedResponseSignature proof, FapiInteractionId interactionId) {
    return new ResourceResponse(answer, Optional.of(proof), interactionId);
  }

  /** The HTTP status. */
  public int status() {
    return answer.status();
  }

  /**
   * The fields, names compared without case. Where answers must be signed ({@link
   * FapiClientBuilder#httpSignatures}), those that the signature covers, and no others.
   */
  @Enforces("ATT-64")
  public Headers headers() {
    return signature.map(VerifiedResponseSignature::signedFields).orElseGet(answer::headers);
  }

  /**
   * The fields of an answer that is signed which its signature does not cover: whoever stands in
   * between may have added or changed them. Empty where answers need not be signed.
   */
  public Headers unsignedHeaders() {
    if (signature.isEmpty()) {
      return Headers.NONE;
    }
    Set<String> signed = headers().names();
    List<Map.Entry<String, String>> others = new ArrayList<>();
    for (String name : answer.headers().names()) {
      if (!signed.contains(name)) {
        answer.headers().all(name).forEach(value -> others.add(Map.entry(name, value)));
      }
    }
    return Headers.of(others);
  }

  /**
   * The signature of the answer; empty where answers need not be signed. It shows later what the
   * resource server said: kept with its response, the request in it, content and key, it can be
   * verified again as of the time when it was made ({@link
   * dev.countersign.protocol.httpsig.FapiResponseSignature}). That is for the application to do,
   * since this library keeps nothing. The request holds an access token, and either may be about
   * people.
   */
  public Optional<VerifiedResponseSignature> signature() {
    return signature;
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

  /**
   * What a 401 or 403 asks for ({@code WWW-Authenticate} of {@link #headers}); empty if it has
   * none.
   */
  public List<Challenge> challenges() {
    return Challenge.parse(headers().all(Challenge.HEADER));
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
