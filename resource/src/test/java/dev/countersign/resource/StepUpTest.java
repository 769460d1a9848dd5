package dev.countersign.resource;

import static dev.countersign.resource.Scene.ACCOUNTS;
import static dev.countersign.resource.Scene.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.http.Challenge;
import dev.countersign.protocol.oauth.AccessToken;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.protocol.resourcerequest.UserAuthentication;
import dev.countersign.protocol.resourcerequest.Wanted;
import dev.countersign.requirement.Requirement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StepUpTest {
  private static final Optional<Instant> JUST_NOW = Optional.of(NOW.minusSeconds(10));
  private static final Wanted STRONG =
      Wanted.of(ACCOUNTS).with(UserAuthentication.oneOf("mfa", "hwk"));
  private static final Wanted RECENT =
      Wanted.of(ACCOUNTS).with(UserAuthentication.within(Duration.ofMinutes(5)));

  private final ResourceServer guard = Scene.guard(new Nonces.Off());

  @ParameterizedTest
  @ValueSource(strings = {"mfa", "hwk"})
  @Requirement({"SU-1", "SU-3"})
  void admitsALoginInOneOfTheContexts(String acr) {
    Verdict verdict = judge(Optional.of(acr), JUST_NOW, STRONG);
    Access access = ((Verdict.Admitted) verdict).access();
    assertThat(access.acr()).contains(acr);
    assertThat(access.authTime()).isEqualTo(JUST_NOW);
  }

  @ParameterizedTest
  @ValueSource(strings = {"pwd", "MFA", "mfa hwk", ""})
  @Requirement({"SU-1"})
  void refusesALoginInAnotherContextAndSaysWhichAreWanted(String acr) {
    Challenge challenge = refused(judge(Optional.of(acr), JUST_NOW, STRONG));
    assertThat(challenge.attribute("acr_values")).contains("mfa hwk");
    assertThat(challenge.attribute("max_age")).isEmpty();
    assertThat(challenge.attribute("scope")).contains("accounts");
  }

  @Test
  @Requirement({"SU-1", "SU-3"})
  void takesATokenThatSaysNothingOfALoginForTooLittle() {
    refused(judge(Optional.empty(), JUST_NOW, STRONG));
    refused(judge(Optional.of("mfa"), Optional.empty(), RECENT));
    assertThat(judge(Optional.empty(), Optional.empty(), Wanted.of(ACCOUNTS)))
        .isInstanceOf(Verdict.Admitted.class);
  }

  @Test
  @Requirement({"SU-1"})
  void wantsALoginNotLongerAgoThanItSays() {
    assertThat(judge(Optional.empty(), Optional.of(NOW.minusSeconds(300)), RECENT))
        .isInstanceOf(Verdict.Admitted.class);
    Challenge challenge =
        refused(judge(Optional.empty(), Optional.of(NOW.minusSeconds(301)), RECENT));
    assertThat(challenge.attribute("max_age")).contains("300");
    assertThat(challenge.attribute("acr_values")).isEmpty();
  }

  @Test
  @Requirement({"SU-1"})
  void wantsBothWhereItSaysBoth() {
    Wanted both = STRONG.with(UserAuthentication.oneOf("mfa").andWithin(Duration.ofMinutes(5)));
    Optional<Instant> longAgo = Optional.of(NOW.minusSeconds(301));
    refused(judge(Optional.of("mfa"), longAgo, both));
    refused(judge(Optional.of("pwd"), JUST_NOW, both));
    assertThat(judge(Optional.of("mfa"), JUST_NOW, both)).isInstanceOf(Verdict.Admitted.class);
  }

  @Test
  @Requirement({"SU-1", "SP-5.3.4-4"})
  void asksNobodyToLogInAgainForATokenThatCouldNotDoItAnyway() {
    Wanted payments = new Wanted(Scope.of("payments"), STRONG.authentication());
    Verdict.Refused no = (Verdict.Refused) judge(Optional.empty(), JUST_NOW, payments);
    assertThat(no.status()).isEqualTo(403);
    assertThat(challenge(no).attribute("error")).contains("insufficient_scope");
  }

  private Verdict judge(Optional<String> acr, Optional<Instant> authTime, Wanted wanted) {
    AccessToken token = Scene.loggedIn(authTime, acr).sign(Scene.JOSE, Scene.ISSUER_KEY);
    return guard.judge(
        Scene.request("Authorization", "DPoP " + token.reveal(), "DPoP", Scene.goodProof(token)),
        wanted);
  }

  private static Challenge refused(Verdict verdict) {
    Verdict.Refused no = (Verdict.Refused) verdict;
    assertThat(no.status()).isEqualTo(401);
    assertThat(no.refusal().rule().value()).isEqualTo("SU-1");
    Challenge challenge = challenge(no);
    assertThat(challenge.attribute("error")).contains("insufficient_user_authentication");
    return challenge;
  }

  private static Challenge challenge(Verdict.Refused no) {
    List<Challenge> all = Challenge.parse(Scene.answer(no).all("WWW-Authenticate"));
    assertThat(all).hasSize(1);
    return all.getFirst();
  }
}
