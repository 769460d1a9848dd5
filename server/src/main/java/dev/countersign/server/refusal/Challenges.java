package dev.countersign.server.refusal;

import dev.countersign.edge.HttpRequest;
import dev.countersign.edge.HttpResponse;
import dev.countersign.protocol.accesstoken.SenderConstraint;
import dev.countersign.protocol.http.Challenge;
import dev.countersign.protocol.http.FapiInteractionId;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.protocol.resourcerequest.ResourceChallenge;
import dev.countersign.protocol.resourcerequest.ResourceChallenges;
import dev.countersign.protocol.resourcerequest.Wanted;
import dev.countersign.requirement.Enforces;
import java.util.Optional;
import java.util.Set;

/** Refusals of a protected resource: the challenge, and the same in JSON for the developer. */
public final class Challenges implements RefusalWriter {
  private final ResourceChallenges challenges;
  private final Wanted wanted;

  /** Refusals of a resource that wants this and takes tokens bound like this. */
  public Challenges(Wanted wanted, Set<SenderConstraint> constraints) {
    this.challenges = new ResourceChallenges(constraints, Optional.empty());
    this.wanted = wanted;
  }

  @Override
  @Enforces({"DP-11", "OA-9", "SP-5.3.4-4"})
  public HttpResponse write(Refusal refusal, HttpRequest request, FapiInteractionId id) {
    ResourceChallenge answer = challenges.answer(refusal, request.headers(), wanted);
    // RFC 6750 section 3: who brought no credentials is told how, not what was wrong.
    HttpResponse response =
        refusal instanceof Refusal.Http && answer.status() == 401
            ? HttpResponse.empty(401)
            : HttpResponse.json(answer.status(), JsonErrors.body(refusal).toJson());
    for (Challenge challenge : answer.challenges()) {
      response = response.adding(Challenge.HEADER, challenge.toHeader());
    }
    return response;
  }
}
