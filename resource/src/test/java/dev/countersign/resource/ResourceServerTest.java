package dev.countersign.resource;

import static dev.countersign.resource.Scene.ACCOUNTS;
import static dev.countersign.resource.Scene.CLIENT_KEY;
import static dev.countersign.resource.Scene.ISSUER_KEY;
import static dev.countersign.resource.Scene.JOSE;
import static dev.countersign.resource.Scene.NOW;
import static dev.countersign.resource.Scene.OTHER_KEY;
import static dev.countersign.resource.Scene.answer;
import static dev.countersign.resource.Scene.claims;
import static dev.countersign.resource.Scene.goodProof;
import static dev.countersign.resource.Scene.guard;
import static dev.countersign.resource.Scene.proof;
import static dev.countersign.resource.Scene.request;
import static dev.countersign.resource.Scene.token;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.http.Challenge;
import dev.countersign.protocol.introspection.IntrospectionResponse;
import dev.countersign.protocol.jose.CompactJws;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.oauth.AccessToken;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.remote.RemoteException;
import dev.countersign.requirement.Requirement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResourceServerTest {
  private final ResourceServer guard = guard(new Nonces.Off());

  @ParameterizedTest
  @ValueSource(strings = {"DPoP", "dpop", "DPOP", "dPoP"})
  @Requirement({"SP-5.3.4-1", "SP-5.3.4-3", "SP-5.3.4-4", "SP-5.3.4-5", "DP-10"})
  void admitsABoundTokenWithItsProofWhateverTheCaseOfTheScheme(String scheme) {
    AccessToken token = token();
    Verdict verdict =
        guard.judge(
            request("Authorization", scheme + " " + token.reveal(), "DPoP", goodProof(token)),
            ACCOUNTS);
    assertThat(verdict).isInstanceOf(Verdict.Admitted.class);
    Access access = ((Verdict.Admitted) verdict).access();
    assertThat(access.subject().value()).isEqualTo("user-1");
    assertThat(access.clientId().value()).isEqualTo("app");
    assertThat(access.scope()).isEqualTo(ACCOUNTS);
    assertThat(access.endUserPresent()).isFalse();
  }

  @Test
  @Requirement({"DP-11", "OA-9"})
  void asksForATokenWithoutNamingAnErrorWhenThereAreNoCredentials() {
    Verdict.Refused refused = refused(request());
    assertThat(refused.status()).isEqualTo(401);
    Challenge challenge = challenge(refused);
    assertThat(challenge.scheme()).isEqualTo("DPoP");
    assertThat(challenge.attribute("error")).isEmpty();
    assertThat(challenge.attribute("algs")).contains("PS256 ES256 EdDSA");
  }

  @Test
  @Requirement("OA-9")
  void asksForATokenWhenTheSchemeIsAnother() {
    Verdict.Refused refused = refused(request("Authorization", "Basic YTpi"));
    assertThat(refused.status()).isEqualTo(401);
    assertThat(challenge(refused).attribute("error")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer", "bearer"})
  @Requirement({"DP-12", "SP-5.3.4-5"})
  void refusesABoundTokenSentAsBearer(String scheme) {
    AccessToken token = token();
    assertThat(
            error(
                request("Authorization", scheme + " " + token.reveal(), "DPoP", goodProof(token)),
                401))
        .isEqualTo("invalid_token");
  }

  @Test
  @Requirement("SP-5.3.4-5")
  void refusesAStolenTokenWithTheProofOfAnotherKey() {
    AccessToken token = token();
    String foreign = proof(OTHER_KEY, "GET", "https://api.example.com/accounts", NOW, token);
    assertThat(error(sent(bearing(token), foreign), 401)).isEqualTo("invalid_token");
  }

  @Test
  @Requirement("SP-5.3.4-5")
  void refusesATokenWithoutProof() {
    assertThat(error(request("Authorization", "DPoP " + token().reveal()), 401))
        .isEqualTo("invalid_dpop_proof");
  }

  @Test
  @Requirement("SP-5.3.4-5")
  void refusesAProofForAnotherUrlMethodOrToken() {
    AccessToken token = token();
    String url = "https://api.example.com/accounts";
    List<String> proofs =
        List.of(
            proof(CLIENT_KEY, "GET", "https://api.example.com/payments", NOW, token),
            proof(CLIENT_KEY, "GET", "https://evil.example.com/accounts", NOW, token),
            proof(CLIENT_KEY, "POST", url, NOW, token),
            proof(CLIENT_KEY, "GET", url, NOW, token()));
    assertThat(proofs)
        .allSatisfy(
            proof ->
                assertThat(error(sent(bearing(token), proof), 401))
                    .isEqualTo("invalid_dpop_proof"));
  }

  @Test
  @Requirement({"DP-15", "SP-6.2"})
  void admitsAProofOnceOnly() {
    AccessToken token = token();
    ResourceRequest same = sent(bearing(token), goodProof(token));
    assertThat(guard.judge(same, ACCOUNTS)).isInstanceOf(Verdict.Admitted.class);
    assertThat(error(same, 401)).isEqualTo("invalid_dpop_proof");
  }

  @Test
  @Requirement("DP-15")
  void doesNotUseUpTheProofOfARefusedRequest() {
    AccessToken token = token();
    ResourceRequest same = sent(bearing(token), goodProof(token));
    Verdict first = guard.judge(same, Scope.parse("payments"));
    assertThat(((Verdict.Refused) first).status()).isEqualTo(403);
    assertThat(guard.judge(same, ACCOUNTS)).isInstanceOf(Verdict.Admitted.class);
  }

  @Test
  @Requirement({"SP-5.3.4-4", "OA-9"})
  void refusesTooSmallAScopeAndNamesWhatIsNeeded() {
    AccessToken token = token();
    Verdict verdict = guard.judge(sent(bearing(token), goodProof(token)), Scope.parse("payments"));
    Verdict.Refused refused = (Verdict.Refused) verdict;
    assertThat(refused.status()).isEqualTo(403);
    assertThat(challenge(refused).attribute("error")).contains("insufficient_scope");
    assertThat(challenge(refused).attribute("scope")).contains("payments");
  }

  @Test
  @Requirement({"SP-5.3.4-3", "AT-4", "BCP-2.3"})
  void refusesTokensOfAnotherAudienceOrKeyOrAfterTheirTime() {
    List<AccessToken> wrong =
        List.of(
            claims("https://other.example.com", ACCOUNTS, NOW.plusSeconds(300))
                .sign(JOSE, ISSUER_KEY),
            claims(Scene.AUDIENCE, ACCOUNTS, NOW.minusSeconds(60)).sign(JOSE, ISSUER_KEY),
            claims().sign(JOSE, OTHER_KEY));
    assertThat(wrong)
        .allSatisfy(
            token ->
                assertThat(error(sent(bearing(token), goodProof(token)), 401))
                    .isEqualTo("invalid_token"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"access_token=x", "a=b&access_token=x", "access_token"})
  @Requirement("SP-5.3.4-2")
  void refusesATokenInTheQuery(String query) {
    AccessToken token = token();
    ResourceRequest request =
        request(
            Optional.of(query),
            "Authorization",
            "DPoP " + token.reveal(),
            "DPoP",
            goodProof(token));
    assertThat(error(request, 400)).isEqualTo("invalid_request");
  }

  @Test
  @Requirement("DP-12")
  void refusesTwoCredentials() {
    AccessToken token = token();
    String one = "DPoP " + token.reveal();
    assertThat(
            error(
                request("Authorization", one, "Authorization", one, "DPoP", goodProof(token)), 400))
        .isEqualTo("invalid_request");
  }

  @Test
  @Requirement({"IA-2.2.1-2", "IA-2.2.1-3"})
  void echoesAUuidAsInteractionId() {
    String id = "c770aef3-6784-41f7-8e0e-ff5f97bddb3a";
    Verdict verdict = guard.judge(request("x-fapi-interaction-id", id), ACCOUNTS);
    assertThat(verdict.interactionId().value()).isEqualTo(id);
    assertThat(answer(verdict).first("x-fapi-interaction-id")).contains(id);
  }

  @Test
  @Requirement("IA-2.2.1-2")
  void replacesAnythingElseAsInteractionId() {
    Verdict verdict = guard.judge(request("x-fapi-interaction-id", "c770\tforged=1"), ACCOUNTS);
    assertThat(answer(verdict).first("x-fapi-interaction-id").orElseThrow())
        .matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
  }

  @Test
  @Requirement("IA-2.2.2-3")
  void takesTrueAndFalseForEndUserPresentAndNothingElse() {
    AccessToken token = token();
    Verdict verdict =
        guard.judge(
            request(
                "Authorization",
                "DPoP " + token.reveal(),
                "DPoP",
                goodProof(token),
                "x-fapi-end-user-present",
                "true"),
            ACCOUNTS);
    assertThat(((Verdict.Admitted) verdict).access().endUserPresent()).isTrue();
    assertThat(error(request("x-fapi-end-user-present", "yes"), 400)).isEqualTo("invalid_request");
  }

  @Test
  @Requirement("DP-4")
  void comparesTheUrlWithThePublicOneBehindAProxyThatCutsThePath() {
    ResourceServer behind =
        guard(new Nonces.Off(), new InMemoryProofReplays(Scene.LONG_AGO), "/bank/v1/");
    AccessToken token = token();
    String outer = "https://api.example.com/bank/v1/accounts";
    String inner = "https://api.example.com/accounts";
    assertThat(
            behind.judge(
                sent(bearing(token), proof(CLIENT_KEY, "GET", outer, NOW, token)), ACCOUNTS))
        .isInstanceOf(Verdict.Admitted.class);
    assertThat(
            behind.judge(
                sent(bearing(token), proof(CLIENT_KEY, "GET", inner, NOW, token)), ACCOUNTS))
        .isInstanceOf(Verdict.Refused.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/x/../accounts",
        "/%2e%2E/accounts",
        "/./accounts",
        "/x/..;/accounts",
        "/%2e%2e;a=b/accounts",
        "/accounts?a=b"
      })
  @Requirement("DP-4")
  void refusesAPathThatCouldBeReadInTwoWays(String path) {
    AccessToken token = token();
    Verdict verdict =
        guard.judge(
            new ResourceRequest(
                "GET", path, Optional.empty(), sent(bearing(token), goodProof(token)).headers()),
            ACCOUNTS);
    assertThat(((Verdict.Refused) verdict).status()).isEqualTo(400);
  }

  @Test
  @Requirement("DP-15")
  void refusesProofsFromBeforeItsMemoryBegan() {
    ProofReplays began = new InMemoryProofReplays(NOW.minusSeconds(30));
    ResourceServer restarted = guard(new Nonces.Off(), began, "");
    assertThat(status(restarted, NOW.minusSeconds(31))).isEqualTo(401);
    assertThat(status(restarted, NOW)).isEqualTo(200);
  }

  @Test
  @Requirement({"DP-15", "SP-6.2"})
  void refusesAProofOfAFastClockThatMayHaveBeenUsedBeforeARestart() {
    Instant start = NOW.minusMillis(1500);
    ResourceServer restarted = guard(new Nonces.Off(), new InMemoryProofReplays(start), "");
    // Just before the start this was 30 seconds ahead, and good.
    assertThat(status(restarted, NOW.plusSeconds(28))).isEqualTo(503);
    assertThat(status(restarted, NOW)).isEqualTo(503);
    assertThat(status(restarted, NOW.plusSeconds(29))).isEqualTo(200);
  }

  @Test
  @Requirement("DP-15")
  void refusesWithoutChallengeWhenReplaysCannotBeTold() {
    ProofReplays full = new InMemoryProofReplays(Scene.LONG_AGO, 1);
    ResourceServer small = guard(new Nonces.Off(), full, "");
    AccessToken token = token();
    assertThat(small.judge(sent(bearing(token), goodProof(token)), ACCOUNTS))
        .isInstanceOf(Verdict.Admitted.class);
    Verdict.Refused refused =
        (Verdict.Refused) small.judge(sent(bearing(token), goodProof(token)), ACCOUNTS);
    assertThat(refused.status()).isEqualTo(503);
    assertThat(answer(refused).all("WWW-Authenticate")).isEmpty();
  }

  @Test
  @Requirement("SP-5.3.4-3")
  void refusesWhenTheIssuersKeysAreNotToBeHad() {
    ResourceServer cutOff =
        ResourceServer.of(
            new ResourceServer.Settings(
                Scene.ISSUER,
                new dev.countersign.protocol.oauth.ResourceIndicator(Scene.AUDIENCE),
                PublicUrl.of(Scene.AUDIENCE),
                new Nonces.Off()),
            JOSE,
            token -> {
              throw new RemoteException(
                  RemoteException.Kind.UNREACHABLE,
                  java.net.URI.create("https://as.example.com/jwks"),
                  "no answer",
                  new java.io.IOException());
            },
            new InMemoryProofReplays(NOW),
            () -> NOW);
    AccessToken token = token();
    Verdict.Refused refused =
        (Verdict.Refused) cutOff.judge(sent(bearing(token), goodProof(token)), ACCOUNTS);
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.refusal())
        .isInstanceOfSatisfying(
            Refusal.OAuth.class,
            oauth -> assertThat(oauth.error()).isEqualTo(OAuthError.TEMPORARILY_UNAVAILABLE));
  }

  /** Of a request whose proof has this {@code iat}; 200 if it is admitted. */
  private static int status(ResourceServer server, Instant iat) {
    AccessToken token = token();
    String proof = proof(CLIENT_KEY, "GET", "https://api.example.com/accounts", iat, token);
    return switch (server.judge(sent(bearing(token), proof), ACCOUNTS)) {
      case Verdict.Admitted admitted -> 200;
      case Verdict.Refused refused -> refused.status();
    };
  }

  private String error(ResourceRequest request, int status) {
    Verdict.Refused refused = refused(request);
    assertThat(refused.status()).isEqualTo(status);
    assertThat(answer(refused).first("Cache-Control")).contains("no-store");
    return challenge(refused).attribute("error").orElse("");
  }

  private Verdict.Refused refused(ResourceRequest request) {
    Verdict verdict = guard.judge(request, ACCOUNTS);
    assertThat(verdict).isInstanceOf(Verdict.Refused.class);
    return (Verdict.Refused) verdict;
  }

  private static Challenge challenge(Verdict.Refused refused) {
    List<Challenge> challenges = Challenge.parse(answer(refused).all("WWW-Authenticate"));
    assertThat(challenges).hasSize(1);
    return challenges.getFirst();
  }

  private static String bearing(AccessToken token) {
    return "DPoP " + token.reveal();
  }

  private static ResourceRequest sent(String authorization, String proof) {
    return request("Authorization", authorization, "DPoP", proof);
  }

  /** Signed by the issuer, for this resource server, with all that a good token says. */
  @Test
  @Requirement({"9701-8", "ATT-63", "J-13"})
  void takesNoAnswerOfIntrospectionForAToken() throws Exception {
    JsonObject claims =
        CompactJws.parse(token().reveal()).unverifiedClaims().toBuilder()
            .put("token_introspection", new IntrospectionResponse.Inactive().toJson())
            .build();
    for (String type : List.of("at+jwt", "token-introspection+jwt")) {
      AccessToken sent =
          new AccessToken(
              JOSE.sign(JsonObject.builder().put("typ", type).build(), claims, ISSUER_KEY));
      Verdict verdict =
          guard(new Nonces.Off())
              .judge(
                  request("Authorization", "DPoP " + sent.reveal(), "DPoP", goodProof(sent)),
                  ACCOUNTS);
      if (type.equals("at+jwt")) {
        assertThat(verdict).isInstanceOf(Verdict.Admitted.class);
      } else {
        Verdict.Refused refused = (Verdict.Refused) verdict;
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.refusal().detail().orElseThrow()).contains("token-introspection+jwt");
      }
    }
  }
}
