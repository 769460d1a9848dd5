package dev.countersign.resource;

import dev.countersign.protocol.http.Challenge;
import dev.countersign.protocol.http.FapiInteractionId;
import dev.countersign.protocol.http.Headers;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.protocol.resourcerequest.ResourceChallenge;
import dev.countersign.protocol.resourcerequest.ResourceChallenges;
import dev.countersign.protocol.resourcerequest.Wanted;
import dev.countersign.requirement.Enforces;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A request that was let through, with what it takes to refuse it after all.
 *
 * @param challenges of this resource server
 * @param request the headers that it came with
 */
record AdmittedRequest(
    Access access,
    FapiInteractionId interactionId,
    List<Map.Entry<String, String>> headers,
    ResourceChallenges challenges,
    Headers request)
    implements Verdict.Admitted {

  /** Copies the list. */
  AdmittedRequest {
    headers = List.copyOf(headers);
  }

  @Override
  @Enforces({"OA-9"})
  public Verdict.Refused refuse(DetailVerdict.Refused why) {
    Refusal refusal = why.refusal();
    // No scope is named: more of it would not help, as it is the details that do not allow this.
    ResourceChallenge answer = challenges.answer(refusal, request, Wanted.of(Scope.NONE));
    List<Map.Entry<String, String>> all = new ArrayList<>(headers);
    for (Challenge challenge : answer.challenges()) {
      all.add(Map.entry(Challenge.HEADER, challenge.toHeader()));
    }
    if (all.stream().noneMatch(header -> header.getKey().equals("Cache-Control"))) {
      all.add(Map.entry("Cache-Control", "no-store"));
    }
    return new Verdict.Refused(answer.status(), refusal, interactionId, all);
  }
}
