package dev.countersign.resource;

import static dev.countersign.resource.Scene.ACCOUNTS;
import static dev.countersign.resource.Scene.AUDIENCE;
import static dev.countersign.resource.Scene.CLIENT_KEY;
import static dev.countersign.resource.Scene.NOW;
import static dev.countersign.resource.Scene.OTHER_KEY;
import static dev.countersign.resource.Scene.RANDOM;
import static dev.countersign.resource.Scene.goodProof;
import static dev.countersign.resource.Scene.proof;
import static dev.countersign.resource.Scene.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.accesstoken.AccessTokenClaims;
import dev.countersign.protocol.http.Challenge;
import dev.countersign.protocol.introspection.IntrospectionResponse;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.oauth.AccessToken;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.protocol.rar.AuthorizationDetails;
import dev.countersign.requirement.Requirement;
import dev.countersign.testkit.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens of which only their issuer can say what they allow. */
@Requirement({"SP-5.3.4-3", "IN-4"})
class OpaqueTokensTest {
  private static final AuthorizationDetails DETAILS =
      AuthorizationDetails.parse("[{\"type\":\"record\",\"patient\":\"p-1\"}]");

  private final List<AccessToken> asked = new ArrayList<>();
  private final AccessToken token = AccessToken.random(RANDOM);
  private final ResourceServer plain = Scene.guard(new Nonces.Off());

  private ResourceServer told(IntrospectionResponse answer) {
    return plain.takingOpaque(
        (presented, now) -> {
          assertThat(now).isEqualTo(NOW);
          asked.add(presented);
          return answer;
        });
  }

  private static IntrospectionResponse active(AccessTokenClaims claims) {
    return IntrospectionResponse.Active.of(
        claims, claims.aud(), claims.scope(), DETAILS, claims.grantHandles());
  }

  private static IntrospectionResponse active() {
    return active(Scene.claims());
  }

  private ResourceRequest with(String proof) {
    return request("Authorization", "DPoP " + token.reveal(), "DPoP", proof);
  }

  private static void refused(Verdict verdict, int status, String error) {
    assertThat(((Verdict.Refused) verdict).status()).isEqualTo(status);
    Challenge challenge = Challenge.parse(Scene.answer(verdict).all("WWW-Authenticate")).getFirst();
    assertThat(challenge.attribute("error")).contains(error);
  }

  @Test
  @Requirement({"SP-5.3.4-5", "RAR-9-1", "RAR-9.2-1"})
  void admitsATokenByWhatItsIssuerSaysOfIt() {
    Verdict verdict = told(active()).judge(with(goodProof(token)), ACCOUNTS);
    Access access = ((Verdict.Admitted) verdict).access();
    assertThat(access.subject().value()).isEqualTo("user-1");
    assertThat(access.scope()).isEqualTo(ACCOUNTS);
    assertThat(access.token().authorizationDetails()).isEqualTo(DETAILS);
    assertThat(asked).containsExactly(token);
  }

  @Test
  void asksAnewAtEachRequestAndIsDoneWithATokenAtOnce() {
    ResourceServer guard = told(active());
    assertThat(guard.judge(with(goodProof(token)), ACCOUNTS)).isInstanceOf(Verdict.Admitted.class);
    assertThat(guard.judge(with(goodProof(token)), ACCOUNTS)).isInstanceOf(Verdict.Admitted.class);
    assertThat(asked).hasSize(2);
    refused(
        told(new IntrospectionResponse.Inactive()).judge(with(goodProof(token)), ACCOUNTS),
        401,
        "invalid_token");
  }

  @Test
  void refusesAnOpaqueTokenWhereNobodyCanBeAsked() {
    refused(plain.judge(with(goodProof(token)), ACCOUNTS), 401, "invalid_token");
  }

  @Test
  void asksNobodyAboutAJwt() {
    AccessToken jwt = Scene.token();
    ResourceRequest request =
        request("Authorization", "DPoP " + jwt.reveal(), "DPoP", goodProof(jwt));
    assertThat(told(active()).judge(request, ACCOUNTS)).isInstanceOf(Verdict.Admitted.class);
    assertThat(asked).isEmpty();
  }

  @Test
  void asksNoSecondTimeWhetherTheTokenStands() {
    ResourceServer both =
        told(active())
            .asking(
                (verified, now) -> {
                  throw new TokenStatusUnavailableException("is asked about JWTs only");
                });
    assertThat(both.judge(with(goodProof(token)), ACCOUNTS)).isInstanceOf(Verdict.Admitted.class);
  }

  @Test
  @Requirement({"SP-5.3.4-5", "DP-4", "DP-15"})
  void wantsTheProofOfTheKeyThatTheIssuerNamesAndTakesItOnce() {
    ResourceServer guard = told(active());
    String url = "https://api.example.com/accounts";
    refused(
        guard.judge(with(proof(OTHER_KEY, "GET", url, NOW, token)), ACCOUNTS),
        401,
        "invalid_token");
    refused(
        guard.judge(with(goodProof(AccessToken.random(RANDOM))), ACCOUNTS),
        401,
        "invalid_dpop_proof");
    String proof = goodProof(token);
    assertThat(guard.judge(with(proof), ACCOUNTS)).isInstanceOf(Verdict.Admitted.class);
    refused(guard.judge(with(proof), ACCOUNTS), 401, "invalid_dpop_proof");
  }

  @Test
  @Requirement({"SP-5.3.4-4", "BCP-2.3"})
  void looksAtAudienceScopeAndTimeAsItDoesOfAJwt() {
    Instant over = NOW.minusSeconds(5);
    for (AccessTokenClaims wrong :
        List.of(
            Scene.claims("https://other.example.com", ACCOUNTS, NOW.plusSeconds(300)),
            Scene.claims(AUDIENCE, ACCOUNTS, over))) {
      refused(told(active(wrong)).judge(with(goodProof(token)), ACCOUNTS), 401, "invalid_token");
    }
    refused(
        told(active()).judge(with(goodProof(token)), Scope.of("payments")),
        403,
        "insufficient_scope");
  }

  @ParameterizedTest
  @ValueSource(strings = {"iss", "sub", "aud", "client_id", "jti", "iat", "exp", "cnf"})
  void takesNoAnswerThatLeavesOutWhatMustBeKnown(String name) throws MalformedJsonException {
    JsonObject whole = active().toJson();
    Set<String> names = new LinkedHashSet<>(whole.names());
    names.remove(name);
    IntrospectionResponse less = IntrospectionResponse.read(whole.only(names));
    refused(told(less).judge(with(goodProof(token)), ACCOUNTS), 401, "invalid_token");
  }

  @Test
  @Requirement({"SP-5.3.4-5", "DP-4"})
  void asksNobodyAboutATokenThatCameWithoutAGoodProofForIt() {
    ResourceServer guard = told(active());
    String url = "https://api.example.com/accounts";
    String sent = "DPoP " + token.reveal();
    refused(guard.judge(request("Authorization", sent), ACCOUNTS), 401, "invalid_dpop_proof");
    for (String bad :
        List.of(
            goodProof(AccessToken.random(RANDOM)),
            proof(CLIENT_KEY, "POST", url, NOW, token),
            proof(CLIENT_KEY, "GET", url + "/1", NOW, token),
            proof(CLIENT_KEY, "GET", url, NOW.minusSeconds(3600), token))) {
      refused(guard.judge(with(bad), ACCOUNTS), 401, "invalid_dpop_proof");
    }
    String bearer = "Bearer " + token.reveal();
    refused(guard.judge(request("Authorization", bearer), ACCOUNTS), 401, "invalid_token");
    assertThat(asked).isEmpty();
  }

  @Test
  @Requirement({"DP-14"})
  void asksNobodyBeforeTheClientHasANonce() {
    ResourceServer demanding =
        Scene.guard(new Nonces.On(Scene.NONCES))
            .takingOpaque(
                (presented, now) -> {
                  asked.add(presented);
                  return active();
                });
    refused(demanding.judge(with(goodProof(token)), ACCOUNTS), 401, "use_dpop_nonce");
    assertThat(asked).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "a.b", "a.b.c.d", "%s=", "%sA", "~%s"})
  void asksNobodyAboutATokenThatHasNotTheFormOfTheIssuers(String form) {
    AccessToken other = new AccessToken(form.formatted(token.reveal()));
    ResourceRequest request =
        request("Authorization", "DPoP " + other.reveal(), "DPoP", goodProof(other));
    refused(told(active()).judge(request, ACCOUNTS), 401, "invalid_token");
    assertThat(asked).isEmpty();
  }

  @Test
  void asksAnotherIssuerAboutTokensOfTheFormThatItIsTold() {
    AccessToken other = new AccessToken("ref-1");
    ResourceServer guard =
        plain.takingOpaque((presented, now) -> active(), Pattern.compile("ref-[0-9]+"));
    for (AccessToken sent : List.of(other, token, new AccessToken("ref-1x"))) {
      Verdict verdict =
          guard.judge(
              request("Authorization", "DPoP " + sent.reveal(), "DPoP", goodProof(sent)), ACCOUNTS);
      assertThat(verdict instanceof Verdict.Admitted).isEqualTo(sent.equals(other));
    }
  }

  @Test
  void asksOnceInAWhileAboutATokenThatIsOver() {
    TestClock clock = new TestClock();
    ResourceServer guard =
        ResourceServer.of(
                new ResourceServer.Settings(
                    Scene.ISSUER,
                    new ResourceIndicator(AUDIENCE),
                    PublicUrl.of("https://api.example.com"),
                    new Nonces.Off()),
                Scene.JOSE,
                sent -> JwkSet.of(List.of(Scene.ISSUER_KEY.publicJwk())),
                new InMemoryProofReplays(clock.instant()),
                clock)
            .takingOpaque(
                (presented, now) -> {
                  asked.add(presented);
                  return new IntrospectionResponse.Inactive();
                });
    AccessToken other = AccessToken.random(RANDOM);
    for (AccessToken sent : List.of(token, token, other)) {
      refused(guard.judge(sent(sent, clock), ACCOUNTS), 401, "invalid_token");
    }
    assertThat(asked).containsExactly(token, other);
    clock.advance(TokenReader.REMEMBERED.minusNanos(1));
    refused(guard.judge(sent(token, clock), ACCOUNTS), 401, "invalid_token");
    assertThat(asked).hasSize(2);
    clock.advance(Duration.ofNanos(1));
    refused(guard.judge(sent(token, clock), ACCOUNTS), 401, "invalid_token");
    assertThat(asked).hasSize(3);
  }

  private static ResourceRequest sent(AccessToken token, TestClock clock) {
    String url = "https://api.example.com/accounts";
    String proof = proof(CLIENT_KEY, "GET", url, clock.instant(), token);
    return request("Authorization", "DPoP " + token.reveal(), "DPoP", proof);
  }

  @Test
  void servesNothingWhileNobodyCanSay() {
    ResourceServer unable =
        plain.takingOpaque(
            (presented, now) -> {
              throw new TokenStatusUnavailableException("nobody answers");
            });
    String proof = goodProof(token);
    Verdict.Refused refused = (Verdict.Refused) unable.judge(with(proof), ACCOUNTS);
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.refusal().description()).doesNotContain("nobody");
    // The proof was not used up.
    assertThat(told(active()).judge(with(proof), ACCOUNTS)).isInstanceOf(Verdict.Admitted.class);
  }
}
