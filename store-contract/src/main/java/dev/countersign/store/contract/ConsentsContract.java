package dev.countersign.store.contract;

import static dev.countersign.store.contract.Samples.CLIENT;
import static dev.countersign.store.contract.Samples.NOW;
import static dev.countersign.store.contract.Samples.OTHER_CLIENT;
import static dev.countersign.store.contract.Samples.STEP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.protocol.oauth.SecretDigest;
import dev.countersign.protocol.oauth.Subject;
import dev.countersign.requirement.Requirement;
import dev.countersign.store.CodeRecord;
import dev.countersign.store.Codes.RedeemOutcome;
import dev.countersign.store.Consent;
import dev.countersign.store.Interactions.Decision;
import dev.countersign.store.Interactions.UnaskedDecision;
import dev.countersign.store.IssuedCode;
import dev.countersign.store.NewConsent;
import dev.countersign.store.PushedRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What people allowed, and the codes that nobody is asked for any more. */
abstract class ConsentsContract extends ConcernContract {

  private static final Subject PERSON = Samples.login().subject();
  private static final ResourceIndicator ONE = new ResourceIndicator("https://api.example/v1");
  private static final ResourceIndicator TWO = new ResourceIndicator("https://api.example/v2");
  private static final ResourceIndicator NEW = new ResourceIndicator("https://api.example/new");
  private static final Instant END = Samples.consent().expiresAt();

  @Test
  void remembersNothingAtFirst() {
    assertThat(consent()).isEqualTo(Consent.NONE);
  }

  @Test
  void remembersWhatWasAllowedOfThatPersonAndClientOnly() {
    issued();

    assertThat(consent()).isEqualTo(Samples.consent().allowed());
    assertThat(store().findConsent(new Subject("person-2"), CLIENT, NOW)).isEqualTo(Consent.NONE);
    assertThat(store().findConsent(PERSON, OTHER_CLIENT, NOW)).isEqualTo(Consent.NONE);
  }

  @Test
  void remembersUntilItsEnd() {
    issued();
    store().sweep(END.minus(STEP), 100);

    assertThat(store().findConsent(PERSON, CLIENT, END.minus(STEP)))
        .isEqualTo(Samples.consent().allowed());
    assertThat(store().findConsent(PERSON, CLIENT, END)).isEqualTo(Consent.NONE);
  }

  @Test
  void addsALaterYesToWhatIsThere() {
    allow(consentTo(Scope.of("read"), List.of(ONE), "email"), END);
    allow(consentTo(Scope.of("write"), List.of(ONE, TWO), "name"), END);

    assertThat(consent())
        .isEqualTo(
            new Consent(
                Map.of(ONE, Set.of("read", "write"), TWO, Set.of("write")),
                Set.of("email", "name"),
                false));
  }

  @Test
  void eachPartLastsUntilItsOwnEnd() {
    allow(consentTo(Scope.of("read", "write"), List.of(ONE), "email"), END);
    allow(consentTo(Scope.of("read"), List.of(ONE), "name"), END.plusSeconds(1));

    assertThat(store().findConsent(PERSON, CLIENT, END))
        .isEqualTo(new Consent(Map.of(ONE, Set.of("read")), Set.of("name"), false));
  }

  @Test
  void aLaterYesThatEndsSoonerMakesNothingShorter() {
    allow(consentTo(Scope.of("read"), List.of(ONE), "email"), END);
    allow(consentTo(Scope.of("read"), List.of(ONE), "email"), END.minusSeconds(1));

    assertThat(store().findConsent(PERSON, CLIENT, END.minus(STEP)))
        .isEqualTo(consentTo(Scope.of("read"), List.of(ONE), "email"));
  }

  @Test
  void aResourceWithoutScopeIsRememberedAsOne() {
    allow(consentTo(Scope.NONE, List.of(ONE), "email"), END);

    assertThat(consent().covers(Consent.to(Scope.NONE, List.of(ONE), Set.of(), false))).isTrue();
    assertThat(consent().covers(Consent.to(Scope.NONE, List.of(TWO), Set.of(), false))).isFalse();
  }

  @Test
  void aNoRemembersAndForgetsNothing() {
    store().refuse(opened(pushed()), NOW);
    assertThat(consent()).isEqualTo(Consent.NONE);

    issued();
    store().refuse(opened(pushed()), NOW);
    assertThat(consent()).isEqualTo(Samples.consent().allowed());
  }

  @Test
  void aYesThatComesTooLateIsNotRemembered() {
    PushedRequest request = pushed();
    SecretDigest late = opened(request);
    store().refuse(opened(request), NOW);

    assertThat(store().issueCode(late, samples.code(), Samples.consent(), NOW))
        .isEqualTo(new Decision.Gone());
    assertThat(consent()).isEqualTo(Consent.NONE);
  }

  @Test
  @Requirement({"SP-6.8-4"})
  void revocationForgetsWhatThePersonAllowedThatClient() {
    Redeemed redeemed = redeemed();
    issued();
    store().revokeGrant(redeemed.grant().id(), Set.of(), NOW);

    assertThat(consent()).isEqualTo(Consent.NONE);
  }

  @Test
  void revocationOfAnUnknownGrantForgetsNothing() {
    issued();
    store().revokeGrant(samples.grant().id(), Set.of(), NOW);

    assertThat(consent()).isEqualTo(Samples.consent().allowed());
  }

  @Test
  void aReplayedKeyLetsARevocationForgetNothing() {
    Redeemed redeemed = redeemed();
    store().revokeGrant(redeemed.grant().id(), Set.of(usedKey()), NOW);

    assertThat(consent()).isEqualTo(Samples.consent().allowed());
  }

  @Test
  @Requirement({"SP-5.3.2.2-9"})
  void aReplayedCodeForgetsEvenWhenItsGrantIsGone() {
    Redeemed redeemed = redeemed();
    store().revokeGrant(redeemed.grant().id(), Set.of(), NOW);
    issued();

    assertThat(
            store()
                .redeemCode(
                    redeemed.code().code(),
                    CLIENT,
                    samples.accessToken(),
                    Optional.empty(),
                    Set.of(),
                    NOW))
        .isEqualTo(new RedeemOutcome.Replayed(redeemed.grant().id()));
    assertThat(consent()).isEqualTo(Consent.NONE);
  }

  @Test
  void aCodeOfAnotherClientForgetsNothing() {
    Redeemed redeemed = redeemed();
    store()
        .redeemCode(
            redeemed.code().code(),
            OTHER_CLIENT,
            samples.accessToken(),
            Optional.empty(),
            Set.of(),
            NOW);

    assertThat(consent()).isEqualTo(Samples.consent().allowed());
  }

  @Test
  @Requirement({"SP-5.3.2.2-N3"})
  void aCodeIsIssuedUnaskedForAllThatIsRemembered() {
    issued();
    PushedRequest request = pushed();
    SecretDigest id = opened(request);
    IssuedCode code = samples.code();

    assertThat(unasked(id, code, Samples.consent().allowed(), NOW))
        .isEqualTo(new UnaskedDecision.Taken());

    assertThat(store().findCode(code.code(), NOW)).contains(new CodeRecord(code, false));
    assertThat(store().findRequest(request.requestUri(), NOW)).isEmpty();
    assertThat(unasked(id, samples.code(), Samples.consent().allowed(), NOW))
        .isEqualTo(new UnaskedDecision.Gone());
  }

  @Test
  void aCodeIsIssuedUnaskedForAPartOfIt() {
    issued();

    assertThat(unasked(consentTo(Scope.of("openid"), List.of(TWO), "email")))
        .isEqualTo(new UnaskedDecision.Taken());
  }

  @Test
  void nothingIsIssuedUnaskedForAScopeAResourceOrAClaimMore() {
    issued();

    for (Consent more :
        List.of(
            consentTo(Scope.of("openid", "payments"), List.of(ONE), "email"),
            consentTo(Scope.of("openid"), List.of(ONE, NEW), "email"),
            consentTo(Scope.NONE, List.of(NEW), "email"),
            consentTo(Scope.of("openid"), List.of(ONE), "phone_number"))) {
      assertThat(unasked(more)).isEqualTo(new UnaskedDecision.Forgotten());
    }
  }

  @Test
  void nothingIsIssuedUnaskedThatLastsLongerThanWhatWasAllowed() {
    Consent lasting = Consent.to(Scope.of("openid"), List.of(ONE), Set.of(), true);
    allow(consentTo(Scope.of("openid"), List.of(ONE), "email"), END);
    assertThat(unasked(lasting)).isEqualTo(new UnaskedDecision.Forgotten());

    allow(lasting, END.minusSeconds(1));
    assertThat(unasked(lasting)).isEqualTo(new UnaskedDecision.Taken());
    assertThat(consent().lasting()).isTrue();
    assertThat(store().findConsent(PERSON, CLIENT, END.minusSeconds(1)).lasting()).isFalse();
    assertThat(unasked(consentTo(Scope.of("openid"), List.of(ONE), "email")))
        .isEqualTo(new UnaskedDecision.Taken());
  }

  @Test
  void aScopeThatWasAllowedAtOneResourceIsNotAllowedAtAnother() {
    allow(consentTo(Scope.of("read"), List.of(ONE), "email"), END);
    allow(consentTo(Scope.of("write"), List.of(TWO), "email"), END);

    assertThat(unasked(consentTo(Scope.of("read"), List.of(TWO), "email")))
        .isEqualTo(new UnaskedDecision.Forgotten());
  }

  @Test
  void nothingHappensWhenItIsForgotten() {
    Redeemed redeemed = redeemed();
    SecretDigest id = opened(pushed());
    store().revokeGrant(redeemed.grant().id(), Set.of(), NOW);
    IssuedCode code = samples.code();

    assertThat(unasked(id, code, Samples.consent().allowed(), NOW))
        .isEqualTo(new UnaskedDecision.Forgotten());

    assertThat(store().findCode(code.code(), NOW)).isEmpty();
    assertThat(store().issueCode(id, code, Samples.consent(), NOW)).isEqualTo(new Decision.Taken());
  }

  @Test
  void nothingIsIssuedUnaskedFromTheInstantItIsForgotten() {
    issued();
    SecretDigest id = samples.digest();
    PushedRequest request = pushed();
    store()
        .openInteraction(
            request.requestUri(), id, samples.digest(), END.plus(Duration.ofDays(1)), NOW);

    assertThat(unasked(id, samples.code(), Samples.consent().allowed(), END))
        .isEqualTo(new UnaskedDecision.Forgotten());
    assertThat(unasked(id, samples.code(), Samples.consent().allowed(), END.minus(STEP)))
        .isEqualTo(new UnaskedDecision.Taken());
  }

  @Test
  void whatIsRememberedLastsNoLongerForACodeIssuedUnasked() {
    issued();
    unasked(opened(pushed()), samples.code(), Samples.consent().allowed(), NOW.plusSeconds(599));

    assertThat(store().findConsent(PERSON, CLIENT, END)).isEqualTo(Consent.NONE);
  }

  private static Consent consentTo(Scope scope, List<ResourceIndicator> resources, String claim) {
    return Consent.to(scope, resources, Set.of(claim), false);
  }

  private void allow(Consent consent, Instant end) {
    assertThat(
            store().issueCode(opened(pushed()), samples.code(), new NewConsent(consent, end), NOW))
        .isEqualTo(new Decision.Taken());
  }

  private UnaskedDecision unasked(Consent asked) {
    return unasked(opened(pushed()), samples.code(), asked, NOW);
  }

  private UnaskedDecision unasked(
      SecretDigest interaction, IssuedCode code, Consent asked, Instant now) {
    return store().issueCodeUnasked(interaction, code, asked, now);
  }
}
