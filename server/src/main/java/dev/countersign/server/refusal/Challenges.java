package dev.countersign.server.refusal;

import dev.countersign.edge.HttpRequest;
import dev.countersign.edge.HttpResponse;
import dev.countersign.protocol.http.Challenge;
import dev.countersign.protocol.http.FapiInteractionId;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.protocol.resourcerequest.ResourceChallenge;
import dev.countersign.requirement.Enforces;

/** Refusals of a protected resource: the challenge, and the same in JSON for the developer. */
public final class Challenges implements RefusalWriter {
  private final Scope required;

  /** Refusals of a resource that wants this scope. */
  public Challenges(Scope required) {
    this.required = required;
  }

  @Override
  @Enforces({"DP-11", "OA-9", "SP-5.3.4-4"})
  public HttpResponse write(Refusal refusal, HttpRequest request, FapiInteractionId id) {
    ResourceChallenge answer = ResourceChallenge.of(refusal, required);
    // RFC 6750 section 3: who brought no credentials is told how, not what was wrong.
    HttpResponse response =
        refusal instanceof Refusal.Http && answer.status() == 401
            ? HttpResponse.empty(401)
            : HttpResponse.json(answer.status(), JsonErrors.body(refusal).toJson());
    return answer
        .challenge()
        .map(challenge -> response.with(Challenge.HEADER, challenge.toHeader()))
        .orElse(response);
  }
}
