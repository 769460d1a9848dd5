package dev.countersign.protocol.resourcerequest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.oauth.Scope;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.requirement.Requirement;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResourceChallengeTest {
  private static final Scope REQUIRED = Scope.of("accounts", "payments");
  private static final String ALGS = "PS256 ES256 EdDSA";

  @ParameterizedTest
  @CsvSource({
    "INVALID_TOKEN, 401, invalid_token",
    "INVALID_DPOP_PROOF, 401, invalid_dpop_proof",
    "USE_DPOP_NONCE, 401, use_dpop_nonce",
    "INVALID_REQUEST, 400, invalid_request"
  })
  @Requirement({"DP-11", "OA-9", "SP-5.3.4-4"})
  void namesTheErrorAndTheAlgorithms(OAuthError error, int status, String code) {
    ResourceChallenge answer = of(error);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.challenge().orElseThrow().scheme()).isEqualTo("DPoP");
    assertThat(answer.challenge().orElseThrow().attributes())
        .containsExactly(
            Map.entry("error", code),
            Map.entry("error_description", "what was wrong"),
            Map.entry("algs", ALGS));
  }

  @Test
  @Requirement({"SP-5.3.4-4", "OA-9"})
  void namesTheScopeThatIsNeeded() {
    ResourceChallenge answer = of(OAuthError.INSUFFICIENT_SCOPE);
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.challenge().orElseThrow().attribute("scope")).contains("accounts payments");
  }

  @Test
  @Requirement({"OA-9"})
  void namesNoScopeWhereNoneIsNeeded() {
    ResourceChallenge answer =
        ResourceChallenge.of(refusal(OAuthError.INSUFFICIENT_SCOPE), Scope.NONE);
    assertThat(answer.challenge().orElseThrow().attribute("scope")).isEmpty();
  }

  @Test
  @Requirement({"DP-11", "OA-9"})
  void namesNoErrorToWhoBroughtNoCredentials() {
    ResourceChallenge answer = ResourceChallenge.of(http(401), REQUIRED);
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.challenge().orElseThrow().attributes())
        .containsExactly(Map.entry("algs", ALGS));
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 405, 413, 415, 429})
  void challengesNobodyWhomABetterTokenWouldNotHelp(int status) {
    ResourceChallenge answer = ResourceChallenge.of(http(status), REQUIRED);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.challenge()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"SERVER_ERROR, 500", "TEMPORARILY_UNAVAILABLE, 503"})
  void challengesNobodyForAFaultOfOurs(OAuthError error, int status) {
    assertThat(of(error).status()).isEqualTo(status);
    assertThat(of(error).challenge()).isEmpty();
  }

  @Test
  @Requirement({"OA-9"})
  void tellsNothingOfTheDetail() {
    Refusal refusal = refusal(OAuthError.INVALID_TOKEN).withDetail("s3cr3t");
    assertThat(ResourceChallenge.of(refusal, REQUIRED).challenge().orElseThrow().toHeader())
        .doesNotContain("s3cr3t");
  }

  private static ResourceChallenge of(OAuthError error) {
    return ResourceChallenge.of(refusal(error), REQUIRED);
  }

  private static Refusal refusal(OAuthError error) {
    return Refusal.oauth(error, "SP-5.3.4-3", "what was wrong");
  }

  private static Refusal http(int status) {
    return Refusal.http(status, "PAR-1", "what was wrong");
  }
}
