package dev.countersign.demo.story;

import dev.countersign.protocol.http.Challenge;
import java.util.List;
import java.util.Optional;

/** What must be seen when an attack is refused: the answer, and the rule that refused it. */
final class SeenInAttacks {
  private SeenInAttacks() {}

  static List<Observation> stolenToken() {
    return List.of(
        Observation.of(
            "SP-5.3.4-5",
            "the token of another key is refused for that, as invalid_token",
            SeenInAttacks::isStolenToken),
        Observation.of(
            "DP-11", "by a challenge", e -> e.headerHas(Challenge.HEADER, "DPoP error=")));
  }

  static List<Observation> replayedProof() {
    return List.of(
        Observation.of(
            "DP-15",
            "a proof is for one request; the copy is refused for that",
            SeenInAttacks::isReplayedProof),
        Observation.of(
            "SP-6.2",
            "although it is an exact copy of what was let in before",
            e ->
                e.story()
                    .find(
                        before ->
                            before.status() / 100 == 2
                                && before.requestHeaders("DPoP").equals(e.requestHeaders("DPoP")))
                    .isPresent()));
  }

  static List<Observation> replayedCode() {
    return List.of(
        Observation.of(
            "SP-5.3.2.2-9",
            "a code is for one redemption; the second is refused for that",
            SeenInAttacks::isReplayedCode));
  }

  static List<Observation> userinfoRevoked() {
    return List.of(
        Observation.of(
            "SP-5.3.4-3",
            "the access token of that code is dead at userinfo",
            SeenInAttacks::isDeadToken));
  }

  static List<Observation> refreshRevoked() {
    return List.of(
        Observation.of(
            "OA-7", "the refresh token of that code is dead", SeenInAttacks::isRevokedRefresh));
  }

  static List<Observation> bankRevoked() {
    return List.of(
        Observation.of(
            "SP-5.3.4-3",
            "it is dead at the bank, which asks the server at each request",
            SeenInAttacks::isDeadToken));
  }

  static List<Observation> refusedPayment() {
    return List.of(
        Observation.of(
            "RAR-9-1",
            "what the details of the token do not allow, or no more, is refused for that",
            SeenInAttacks::isRefusedPayment));
  }

  static boolean isRefusedPayment(Evidence e) {
    return refusedBy(e, "RAR-9-1") && challenged(e, "insufficient_scope");
  }

  static boolean isStolenToken(Evidence e) {
    return (refusedBy(e, "SP-5.3.4-5") && challenged(e, "invalid_token")) || isSignedByThief(e);
  }

  /** The bank looks for the key that signed among those of the client the token was issued to. */
  static boolean isSignedByThief(Evidence e) {
    return refusedBy(e, "SIG-8")
        && e.requestSignature().filter(one -> one.isSignedBy(KeyRing.ATTACKER)).isPresent();
  }

  static boolean isChangedContent(Evidence e) {
    return refusedBy(e, "SIG-10")
        && e.requestSignature()
            .filter(one -> one.isSignedBy(KeyRing.CLIENT_MESSAGES))
            .filter(one -> one.covers("content-digest"))
            .isPresent();
  }

  static boolean isChangedObject(Evidence e) {
    return e.rule().isPresent()
        && error(e, "invalid_request_object")
        && e.requestObject().filter(jwt -> jwt.signer().isEmpty()).isPresent();
  }

  static boolean isReplayedProof(Evidence e) {
    return refusedBy(e, "DP-15") && challenged(e, "invalid_dpop_proof");
  }

  static boolean isReplayedCode(Evidence e) {
    return refusedBy(e, "SP-5.3.2.2-9")
        && error(e, "invalid_grant")
        && e.story()
            .find(MessageKind.TOKEN, used -> used.form().value("code").equals(code(e)))
            .isPresent();
  }

  static boolean isDeadToken(Evidence e) {
    return refusedBy(e, "SP-5.3.4-3") && challenged(e, "invalid_token");
  }

  static boolean isRevokedRefresh(Evidence e) {
    return e.rule().isPresent() && error(e, "invalid_grant");
  }

  private static Optional<String> code(Evidence e) {
    return e.form().value("code");
  }

  private static boolean refusedBy(Evidence e, String rule) {
    return e.rule().equals(Optional.of(rule));
  }

  private static boolean challenged(Evidence e, String error) {
    return e.challengeError().equals(Optional.of(error));
  }

  private static boolean error(Evidence e, String error) {
    return Json.text(e.json(), "error").equals(Optional.of(error));
  }
}
