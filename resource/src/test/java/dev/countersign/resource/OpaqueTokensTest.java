package dev.countersign.resource;

import static dev.countersign.resource.Scene.ACCOUNTS;
import static dev.countersign.resource.Scene.AUDIENCE;
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
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.oauth.AccessToken;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.protocol.rar.AuthorizationDetails;
import dev.countersign.requirement.Requirement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
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
