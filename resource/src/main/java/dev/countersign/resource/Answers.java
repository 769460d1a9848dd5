package dev.countersign.resource;

import dev.countersign.protocol.http.Challenge;
import dev.countersign.protocol.http.FapiInteractionId;
import dev.countersign.protocol.http.Headers;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.protocol.resourcerequest.ResourceChallenge;
import dev.countersign.protocol.resourcerequest.ResourceChallenges;
import dev.countersign.protocol.resourcerequest.Wanted;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What it takes to answer one request.
 *
 * @param headers that belong on every answer to it
 * @param challenges of this resource server
 * @param request the headers that it came with
 */
record Answers(
    FapiInteractionId interactionId,
    List<Map.Entry<String, String>> headers,
    ResourceChallenges challenges,
    Headers request,
    AnswerSigner signer) {

  /** Copies the list. */
  Answers {
    headers = List.copyOf(headers);
  }

  /** Signed, if answers are. */
  Verdict.Refused refusal(Refusal refusal, Wanted wanted) {
    ResourceChallenge answer = challenges.answer(refusal, request, wanted);
    List<Map.Entry<String, String>> all = new ArrayList<>(headers);
    for (Challenge challenge : answer.challenges()) {
      all.add(Map.entry(Challenge.HEADER, challenge.toHeader()));
    }
    if (all.stream().noneMatch(header -> header.getKey().equals("Cache-Control"))) {
      all.add(Map.entry("Cache-Control", "no-store"));
    }
    all.addAll(signer.sign(answer.status(), all, new byte[0]));
    return new Verdict.Refused(answer.status(), refusal, interactionId, all);
  }
}
