package dev.countersign.protocol.resourcerequest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.countersign.protocol.accesstoken.SenderConstraint;
import dev.countersign.protocol.http.Challenge;
import dev.countersign.protocol.http.Headers;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.requirement.Requirement;
import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResourceChallengesTest {
  private static final Wanted WANTED = Wanted.of(Scope.of("accounts", "payments"));
  private static final String ALGS = "PS256 ES256 EdDSA";
  private static final URI METADATA =
      URI.create("https://rs.example/.well-known/oauth-protected-resource");
  private static final Set<SenderConstraint> BOTH = EnumSet.allOf(SenderConstraint.class);

  private final ResourceChallenges dpop =
      new ResourceChallenges(Set.of(SenderConstraint.DPOP), Optional.empty());
  private final ResourceChallenges certificate =
      new ResourceChallenges(Set.of(SenderConstraint.MTLS), Optional.empty());
  private final ResourceChallenges both = new ResourceChallenges(BOTH, Optional.empty());

  @ParameterizedTest
  @CsvSource({
    "INVALID_TOKEN, 401, invalid_token",
    "INVALID_DPOP_PROOF, 401, invalid_dpop_proof",
    "USE_DPOP_NONCE, 401, use_dpop_nonce",
    "INVALID_REQUEST, 400, invalid_request"
  })
  @Requirement({"DP-11", "OA-9", "SP-5.3.4-4"})
  void namesTheErrorAndTheAlgorithms(OAuthError error, int status, String code) {
    ResourceChallenge answer = dpop.answer(refusal(error), sent("DPoP t"), WANTED);
    assertThat(answer.status()).isEqualTo(status);
    Challenge challenge = only(answer);
    assertThat(challenge.scheme()).isEqualTo("DPoP");
    assertThat(challenge.attributes())
        .containsExactly(
            Map.entry("error", code),
            Map.entry("error_description", "what was wrong"),
            Map.entry("algs", ALGS));
  }

  @Test
  @Requirement({"SP-5.3.4-4", "OA-9"})
  void namesTheScopeThatIsNeeded() {
    ResourceChallenge answer =
        dpop.answer(refusal(OAuthError.INSUFFICIENT_SCOPE), sent("DPoP t"), WANTED);
    assertThat(answer.status()).isEqualTo(403);
    assertThat(only(answer).attribute("scope")).contains("accounts payments");
    assertThat(only(answer).attribute("acr_values")).isEmpty();
  }

  @Test
  @Requirement({"OA-9"})
  void namesNoScopeWhereNoneIsNeeded() {
    ResourceChallenge answer =
        dpop.answer(refusal(OAuthError.INSUFFICIENT_SCOPE), sent("DPoP t"), Wanted.of(Scope.NONE));
    assertThat(only(answer).attribute("scope")).isEmpty();
  }

  @Test
  @Requirement({"SU-1"})
  void saysWhichLoginIsNeededAndForWhichScope() {
    Wanted login =
        WANTED.with(UserAuthentication.oneOf("mfa", "pwd").andWithin(Duration.ofMinutes(5)));
    Refusal refusal = refusal(OAuthError.INSUFFICIENT_USER_AUTHENTICATION);
    ResourceChallenge answer = dpop.answer(refusal, sent("DPoP t"), login);
    assertThat(answer.status()).isEqualTo(401);
    assertThat(only(answer).attributes())
        .containsExactly(
            Map.entry("error", "insufficient_user_authentication"),
            Map.entry("error_description", "what was wrong"),
            Map.entry("acr_values", "mfa pwd"),
            Map.entry("max_age", "300"),
            Map.entry("scope", "accounts payments"),
            Map.entry("algs", ALGS));
  }

  @Test
  @Requirement({"SU-1"})
  void saysOfALoginOnlyWhatIsWanted() {
    Refusal refusal = refusal(OAuthError.INSUFFICIENT_USER_AUTHENTICATION);
    Wanted strong = Wanted.of(Scope.NONE).with(UserAuthentication.oneOf("mfa"));
    assertThat(only(certificate.answer(refusal, sent("Bearer t"), strong)).attributes())
        .containsOnlyKeys("error", "error_description", "acr_values");
    Wanted recent = Wanted.of(Scope.NONE).with(UserAuthentication.within(Duration.ofSeconds(60)));
    assertThat(only(certificate.answer(refusal, sent("Bearer t"), recent)).attributes())
        .containsOnlyKeys("error", "error_description", "max_age");
  }

  @Test
  @Requirement({"DP-11", "OA-9"})
  void namesNoErrorToWhoBroughtNoCredentials() {
    ResourceChallenge answer = dpop.answer(http(401), Headers.NONE, WANTED);
    assertThat(answer.status()).isEqualTo(401);
    assertThat(only(answer).attributes()).containsExactly(Map.entry("algs", ALGS));
  }

  @Test
  @Requirement({"OA-9"})
  void neverSendsTheSchemeBearerBare() {
    ResourceChallenge answer = certificate.answer(http(401), Headers.NONE, WANTED);
    assertThat(only(answer).toHeader()).isEqualTo("Bearer realm=\"resource\"");
  }

  @ParameterizedTest
  @CsvSource({"DPoP t, DPoP, Bearer", "bearer t, Bearer, DPoP", "BEARER t, Bearer, DPoP"})
  @Requirement({"DP-12"})
  void saysWhatWasWrongInTheSchemeThatWasUsed(String credentials, String used, String other) {
    ResourceChallenge answer =
        both.answer(refusal(OAuthError.INVALID_TOKEN), sent(credentials), WANTED);
    assertThat(answer.challenges()).extracting(Challenge::scheme).containsExactly(used, other);
    assertThat(answer.challenges().getFirst().attribute("error")).contains("invalid_token");
    assertThat(answer.challenges().getLast().attribute("error")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Basic YTpi", "", "DPoPx t"})
  @Requirement({"DP-12", "OA-9"})
  void offersBothSchemesWhereNoneOfThemWasUsed(String credentials) {
    ResourceChallenge answer = both.answer(http(401), sent(credentials), WANTED);
    assertThat(answer.challenges()).extracting(Challenge::scheme).containsExactly("DPoP", "Bearer");
    assertThat(answer.challenges()).noneMatch(one -> one.attribute("error").isPresent());
  }

  @ParameterizedTest
  @EnumSource(
      value = OAuthError.class,
      names = {"INVALID_REQUEST", "INSUFFICIENT_SCOPE"})
  @Requirement({"DP-12"})
  void offersNoOtherSchemeWhereThatWouldNotHelp(OAuthError error) {
    assertThat(only(both.answer(refusal(error), sent("Bearer t"), WANTED)).scheme())
        .isEqualTo("Bearer");
  }

  @Test
  @Requirement({"DP-12"})
  void saysWhatWasWrongInASchemeThatIsServed() {
    Refusal refusal = refusal(OAuthError.INVALID_TOKEN);
    assertThat(only(dpop.answer(refusal, sent("Bearer t"), WANTED)).scheme()).isEqualTo("DPoP");
    assertThat(only(certificate.answer(refusal, sent("DPoP t"), WANTED)).scheme())
        .isEqualTo("Bearer");
  }

  @Test
  @Requirement({"PR-4"})
  void namesTheMetadataInEveryChallenge() {
    ResourceChallenges described = new ResourceChallenges(BOTH, Optional.of(METADATA));
    assertThat(
            List.of(
                described.answer(http(401), Headers.NONE, WANTED),
                described.answer(refusal(OAuthError.INVALID_TOKEN), sent("DPoP t"), WANTED),
                described.answer(refusal(OAuthError.INSUFFICIENT_SCOPE), sent("DPoP t"), WANTED)))
        .flatExtracting(ResourceChallenge::challenges)
        .hasSize(5)
        .allSatisfy(
            challenge ->
                assertThat(challenge.attribute("resource_metadata")).contains(METADATA.toString()));
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 405, 413, 415, 429})
  void challengesNobodyWhomABetterTokenWouldNotHelp(int status) {
    ResourceChallenge answer = both.answer(http(status), sent("DPoP t"), WANTED);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.challenges()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"SERVER_ERROR, 500", "TEMPORARILY_UNAVAILABLE, 503"})
  void challengesNobodyForAFaultOfOurs(OAuthError error, int status) {
    ResourceChallenge answer = both.answer(refusal(error), sent("DPoP t"), WANTED);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.challenges()).isEmpty();
  }

  @Test
  @Requirement({"OA-9"})
  void tellsNothingOfTheDetail() {
    Refusal refusal = refusal(OAuthError.INVALID_TOKEN).withDetail("s3cr3t");
    assertThat(only(dpop.answer(refusal, sent("DPoP t"), WANTED)).toHeader())
        .doesNotContain("s3cr3t");
  }

  @Test
  @Requirement({"SP-5.3.4-5"})
  void refusesToServeTokensThatAreBoundToNothing() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ResourceChallenges(Set.of(), Optional.empty()));
  }

  private static Challenge only(ResourceChallenge answer) {
    assertThat(answer.challenges()).hasSize(1);
    return answer.challenges().getFirst();
  }

  private static Headers sent(String credentials) {
    return Headers.of(List.of(Map.entry("authorization", credentials)));
  }

  private static Refusal refusal(OAuthError error) {
    return Refusal.oauth(error, "SP-5.3.4-3", "what was wrong");
  }

  private static Refusal http(int status) {
    return Refusal.http(status, "PAR-1", "what was wrong");
  }
}
