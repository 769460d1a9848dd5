package dev.countersign.store.contract;

import static dev.countersign.store.contract.Samples.CLIENT;
import static dev.countersign.store.contract.Samples.NOW;
import static dev.countersign.store.contract.Samples.STEP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.protocol.authorization.AuthorizationRequest;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.GrantId;
import dev.countersign.protocol.oauth.RedirectUri;
import dev.countersign.protocol.oauth.Subject;
import dev.countersign.protocol.pkce.CodeChallenge;
import dev.countersign.requirement.Requirement;
import dev.countersign.store.Codes.RedeemOutcome;
import dev.countersign.store.Consent;
import dev.countersign.store.Grant;
import dev.countersign.store.GrantFilter;
import dev.countersign.store.GrantRecord;
import dev.countersign.store.IssuedCode;
import dev.countersign.store.Login;
import dev.countersign.store.NewAccessToken;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Grants as they are seen and ended by others than their clients. */
abstract class GrantRecordsContract extends ConcernContract {

  private static final int ENOUGH = 100;
  private static final Subject PERSON = Samples.login().subject();
  private static final Subject OTHER_PERSON = new Subject("person-2");

  @Test
  void findsAGrantWithEveryPartOfItUntilItsLastTokenExpires() {
    Instant end = NOW.plusSeconds(900);
    Grant grant = redeemed(samples.accessToken(), samples.refreshToken(end)).grant();
    GrantRecord expected = new GrantRecord(grant, Optional.of(end), NOW);

    assertThat(store().findGrant(grant.id(), NOW)).contains(expected);
    assertThat(store().findGrant(grant.id(), end.minus(STEP))).contains(expected);
    assertThat(store().findGrant(grant.id(), end)).isEmpty();
    assertThat(store().findGrant(samples.grant().id(), NOW)).isEmpty();
  }

  @Test
  void aGrantWhoseRefreshTokenHasNoEndHasNone() {
    Grant grant = redeemed().grant();

    assertThat(store().findGrant(grant.id(), NOW))
        .contains(new GrantRecord(grant, Optional.empty(), NOW));
  }

  @Test
  void saysWhenItsClientLastGotATokenByIt() {
    Redeemed redeemed = redeemed(samples.accessToken(), samples.refreshToken(NOW.plusSeconds(200)));
    Instant later = NOW.plusSeconds(10);
    NewAccessToken shorter = samples.accessToken(NOW.plusSeconds(100));
    store().refresh(redeemed.refreshToken().digest(), shorter, Set.of(), later);

    assertThat(store().findGrant(redeemed.grant().id(), later))
        .contains(new GrantRecord(redeemed.grant(), Optional.of(NOW.plusSeconds(300)), later));

    Instant last = NOW.plusSeconds(150);
    NewAccessToken longer = samples.accessToken(NOW.plusSeconds(450));
    store().refresh(redeemed.refreshToken().digest(), longer, Set.of(), last);

    assertThat(store().findGrant(redeemed.grant().id(), last))
        .contains(new GrantRecord(redeemed.grant(), Optional.of(NOW.plusSeconds(450)), last));
  }

  @Test
  void aRefusedRefreshIsNoUse() {
    Redeemed redeemed = redeemed();
    Instant later = NOW.plusSeconds(10);
    store()
        .refresh(redeemed.refreshToken().digest(), samples.accessToken(), Set.of(usedKey()), later);

    assertThat(store().findGrant(redeemed.grant().id(), later).orElseThrow().lastUsedAt())
        .isEqualTo(NOW);
  }

  @Test
  void findsGrantsByWhoGaveThemAndWhomTheyWereGivenTo() {
    Grant one = given(PERSON, CLIENT);
    Grant two = given(PERSON, Samples.OTHER_CLIENT);
    Grant three = given(OTHER_PERSON, CLIENT);

    assertThat(all(GrantFilter.of(PERSON))).containsExactlyInAnyOrder(one, two);
    assertThat(all(GrantFilter.of(CLIENT))).containsExactlyInAnyOrder(one, three);
    assertThat(all(new GrantFilter(Optional.of(PERSON), Optional.of(CLIENT)))).containsExactly(one);
    assertThat(all(GrantFilter.of(new Subject("person-3")))).isEmpty();
    assertThat(all(GrantFilter.of(new ClientId("client-3")))).isEmpty();
  }

  @Test
  void findsNoGrantThatIsRevokedOrOver() {
    Grant revoked = redeemed().grant();
    store().revokeGrant(revoked.id(), Set.of(), NOW);
    Instant end = NOW.plusSeconds(900);
    Grant over = redeemed(samples.accessToken(), samples.refreshToken(end)).grant();

    assertThat(store().findGrant(revoked.id(), NOW)).isEmpty();
    for (GrantFilter filter : filters()) {
      assertThat(store().findGrants(filter, Optional.empty(), ENOUGH, end.minus(STEP)))
          .extracting(GrantRecord::grant)
          .containsExactly(over);
      assertThat(store().findGrants(filter, Optional.empty(), ENOUGH, end)).isEmpty();
    }
  }

  @Test
  void goesThroughGrantsPageByPage() {
    List<GrantId> given = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      given.add(redeemed().grant().id());
    }
    given.sort(Comparator.comparing(GrantId::value));

    for (GrantFilter filter : filters()) {
      List<GrantId> seen = new ArrayList<>();
      List<GrantId> page = page(filter, Optional.empty());
      while (!page.isEmpty()) {
        assertThat(page).hasSizeLessThanOrEqualTo(3);
        seen.addAll(page);
        page = page(filter, Optional.of(page.getLast()));
      }
      assertThat(seen).isEqualTo(given);
    }
    assertThat(page(GrantFilter.of(CLIENT), Optional.empty())).isEqualTo(given.subList(0, 3));
  }

  @Test
  void goesOnAfterAGrantThatIsGone() {
    redeemed();
    redeemed();
    List<GrantId> all = page(GrantFilter.of(CLIENT), Optional.empty());
    store().revokeGrant(all.getFirst(), Set.of(), NOW);

    assertThat(page(GrantFilter.of(CLIENT), Optional.of(all.getFirst())))
        .containsExactly(all.getLast());
  }

  @Test
  @Requirement({"SP-6.8-4"})
  void revokesTheGrantsOfAClientSomeAtATimeAndNoOthers() {
    List<Redeemed> given = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      given.add(redeemed());
    }
    Grant other = given(PERSON, Samples.OTHER_CLIENT);

    assertThat(store().revokeGrantsOf(CLIENT, 2, NOW)).isEqualTo(2);
    assertThat(all(GrantFilter.of(CLIENT))).hasSize(3);
    assertThat(store().revokeGrantsOf(CLIENT, 2, NOW)).isEqualTo(2);
    assertThat(store().revokeGrantsOf(CLIENT, 2, NOW)).isEqualTo(1);
    assertThat(store().revokeGrantsOf(CLIENT, 2, NOW)).isZero();

    assertThat(given).allSatisfy(this::assertDead);
    assertThat(consent()).isEqualTo(Consent.NONE);
    assertThat(all(GrantFilter.of(PERSON))).containsExactly(other);
  }

  @Test
  @Requirement({"SP-6.8-4"})
  void leavesNoCodeThatWouldMakeAnotherGrant() {
    IssuedCode open = issued();

    assertThat(store().revokeGrantsOf(CLIENT, ENOUGH, NOW)).isZero();

    assertThat(store().findCode(open.code(), NOW)).isEmpty();
    assertThat(
            store()
                .redeemCode(
                    open.code(),
                    CLIENT,
                    samples.accessToken(),
                    Optional.of(samples.refreshToken()),
                    Set.of(),
                    NOW))
        .isEqualTo(new RedeemOutcome.Unknown());
  }

  @Test
  void revokesNothingOfAClientWithoutGrants() {
    Redeemed redeemed = redeemed();

    assertThat(store().revokeGrantsOf(Samples.OTHER_CLIENT, ENOUGH, NOW)).isZero();

    assertStands(redeemed);
    assertThat(consent()).isEqualTo(Samples.consent().allowed());
  }

  @Test
  void forgetsWhatWasAllowedToAClientWhoseGrantsWereOverBefore() {
    Instant end = NOW.plusSeconds(900);
    redeemed(samples.accessToken(), samples.refreshToken(end));
    store().sweep(end, ENOUGH);
    assertThat(consent()).isEqualTo(Samples.consent().allowed());

    assertThat(store().revokeGrantsOf(CLIENT, ENOUGH, end)).isZero();

    assertThat(consent()).isEqualTo(Consent.NONE);
  }

  @Test
  void refusesALimitBelowOne() {
    assertThatThrownBy(() -> store().findGrants(GrantFilter.of(CLIENT), Optional.empty(), 0, NOW))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> store().revokeGrantsOf(CLIENT, 0, NOW))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static List<GrantFilter> filters() {
    return List.of(
        GrantFilter.of(PERSON),
        GrantFilter.of(CLIENT),
        new GrantFilter(Optional.of(PERSON), Optional.of(CLIENT)));
  }

  private List<Grant> all(GrantFilter filter) {
    return store().findGrants(filter, Optional.empty(), ENOUGH, NOW).stream()
        .map(GrantRecord::grant)
        .toList();
  }

  private List<GrantId> page(GrantFilter filter, Optional<GrantId> after) {
    return store().findGrants(filter, after, 3, NOW).stream()
        .map(record -> record.grant().id())
        .toList();
  }

  /** A grant of this person to this client. */
  private Grant given(Subject person, ClientId client) {
    Grant sample = samples.grant();
    Grant grant =
        new Grant(
            sample.id(),
            client,
            new Login(person, NOW, Optional.empty()),
            sample.scope(),
            sample.resources(),
            NOW);
    AuthorizationRequest request =
        AuthorizationRequest.builder(
                client,
                new RedirectUri("https://client.example/callback"),
                new CodeChallenge("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"))
            .build();
    IssuedCode code =
        issued(new IssuedCode(samples.digest(), request, grant, true, NOW.plusSeconds(60)));
    assertThat(
            store()
                .redeemCode(
                    code.code(),
                    client,
                    samples.accessToken(),
                    Optional.of(samples.refreshToken()),
                    Set.of(),
                    NOW))
        .isEqualTo(new RedeemOutcome.Redeemed(grant));
    return grant;
  }
}
