package dev.countersign.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.protocol.accesstoken.GrantHandles;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.oauth.AccessToken;
import dev.countersign.protocol.rar.AuthorizationDetail;
import dev.countersign.protocol.rar.AuthorizationDetails;
import dev.countersign.protocol.rar.DetailType;
import dev.countersign.protocol.rar.ready.Account;
import dev.countersign.protocol.rar.ready.Amount;
import dev.countersign.protocol.rar.ready.PaymentInitiation;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.requirement.Requirement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** The one question of an API: is this within what was granted, and not yet used? */
class GrantedDetailsTest {
  private static final DetailType PAYMENT = DetailType.ready("payment_initiation");
  private static final DetailType ACCOUNTS = DetailType.ready("account_information");
  private static final GrantHandles HANDLE = new GrantHandles(Map.of(Scene.AUDIENCE, "handle"));

  private final DetailUses uses = new InMemoryDetailUses();

  @Test
  @Requirement({"RAR-9-1", "RAR-6.1-1"})
  void permitsAPaymentOnceForAllTokensOfTheGrant() throws Exception {
    AuthorizationDetail granted = payment("100.00");
    Access first = admitted(token(HANDLE, granted)).access();
    Access later = admitted(token(HANDLE, granted)).access();

    assertThat(first.use(PAYMENT, payment("100.00"), uses))
        .isEqualTo(new DetailVerdict.Permitted(granted));
    assertThat(first.use(PAYMENT, payment("100.00"), uses))
        .isInstanceOf(DetailVerdict.UsedBefore.class);
    assertThat(later.use(PAYMENT, payment("99.99"), uses))
        .isInstanceOf(DetailVerdict.UsedBefore.class);
  }

  @Test
  @Requirement("RAR-6.1-1")
  void permitsLessAndNothingMore() throws Exception {
    Access access = admitted(token(HANDLE, payment("100.00"))).access();

    assertThat(access.allows(PAYMENT, payment("99.99"))).isTrue();
    assertThat(access.allows(PAYMENT, payment("100.01"))).isFalse();
    assertThat(access.use(PAYMENT, payment("100.01"), uses))
        .isEqualTo(new DetailVerdict.NotGranted());
    assertThat(access.use(PAYMENT, payment("100"), uses))
        .isInstanceOf(DetailVerdict.Permitted.class);
  }

  @Test
  void eachObjectCanBeUsedOnce() throws Exception {
    AuthorizationDetail small = payment("10.00");
    AuthorizationDetail large = payment("100.00");
    Access access = admitted(token(HANDLE, small, large)).access();

    assertThat(access.use(PAYMENT, payment("5.00"), uses))
        .isEqualTo(new DetailVerdict.Permitted(small));
    assertThat(access.use(PAYMENT, payment("5.00"), uses))
        .isEqualTo(new DetailVerdict.Permitted(large));
    assertThat(access.use(PAYMENT, payment("5.00"), uses))
        .isInstanceOf(DetailVerdict.UsedBefore.class);
  }

  @Test
  void anotherGrantOfTheSameIsAnother() throws Exception {
    GrantHandles other = new GrantHandles(Map.of(Scene.AUDIENCE, "other"));
    admitted(token(HANDLE, payment("1.00"))).access().use(PAYMENT, payment("1.00"), uses);

    assertThat(admitted(token(other, payment("1.00"))).access().use(PAYMENT, payment("1.00"), uses))
        .isInstanceOf(DetailVerdict.Permitted.class);
  }

  @Test
  void theOrderOfMembersIsNoWayToUseItTwice() throws Exception {
    AuthorizationDetail turned =
        AuthorizationDetail.of(
            JsonObject.parse(
                """
                {"instructedAmount":{"amount":"1.00","currency":"EUR"},"type":"payment_initiation",
                 "creditorAccount":{"iban":"DE02100100109307118603"},"creditorName":"Merchant A"}
                """));
    admitted(token(HANDLE, payment("1.00"))).access().use(PAYMENT, payment("1.00"), uses);

    assertThat(admitted(token(HANDLE, turned)).access().use(PAYMENT, payment("1.00"), uses))
        .isInstanceOf(DetailVerdict.UsedBefore.class);
  }

  @Test
  void whatMayBeDoneOftenIsNotUsedUp() throws Exception {
    AuthorizationDetail granted =
        AuthorizationDetail.of(
            JsonObject.parse(
                """
                {"type":"account_information","actions":["list_accounts","read_balances"]}
                """));
    AuthorizationDetail wanted =
        AuthorizationDetail.of(
            JsonObject.parse(
                """
                {"type":"account_information","actions":["read_balances"]}
                """));
    Access access = admitted(token(GrantHandles.NONE, granted)).access();

    for (int i = 0; i < 3; i++) {
      assertThat(access.use(ACCOUNTS, wanted, uses))
          .isEqualTo(new DetailVerdict.Permitted(granted));
    }
  }

  /** The token may live for minutes after the day has ended. */
  @Test
  @Requirement("RAR-9-1")
  void whatIsOverAllowsNothing() throws Exception {
    AuthorizationDetail past = accounts("2026-02-28");
    AuthorizationDetail today = accounts("2026-03-01");
    Access access = admitted(token(HANDLE, past)).access();
    Access both = admitted(token(HANDLE, past, today)).access();

    assertThat(access.authorizationDetails(ACCOUNTS)).isEqualTo(AuthorizationDetails.NONE);
    assertThat(access.allows(ACCOUNTS, past)).isFalse();
    assertThat(access.use(ACCOUNTS, past, uses)).isEqualTo(new DetailVerdict.NotGranted());
    assertThat(both.authorizationDetails(ACCOUNTS)).isEqualTo(AuthorizationDetails.of(today));
    assertThat(both.use(ACCOUNTS, past, uses)).isEqualTo(new DetailVerdict.Permitted(today));
    assertThat(both.authorizationDetails(PAYMENT)).isEqualTo(AuthorizationDetails.NONE);
  }

  private static AuthorizationDetail accounts(String until) throws Exception {
    return AuthorizationDetail.of(
        JsonObject.builder()
            .put("type", "account_information")
            .put("actions", List.of("list_accounts"))
            .put("validUntil", until)
            .build());
  }

  @Test
  @Requirement("RAR-9-1")
  void detailsOfOtherApisAreNone() throws Exception {
    AuthorizationDetail elsewhere =
        AuthorizationDetail.of(
            payment("1.00").json().toBuilder()
                .put("locations", List.of("https://other.example.com"))
                .build());
    Access both = admitted(token(HANDLE, elsewhere, payment("2.00"))).access();
    Access other = admitted(token(HANDLE, elsewhere)).access();

    assertThat(both.authorizationDetails()).isEqualTo(AuthorizationDetails.of(payment("2.00")));
    assertThat(both.allows(PAYMENT, payment("1.00"))).isTrue();
    assertThat(other.authorizationDetails()).isEqualTo(AuthorizationDetails.NONE);
    assertThat(other.allows(PAYMENT, elsewhere)).isFalse();
  }

  @Test
  @Requirement("RAR-9-1")
  void whereItCannotBeReadWhatDetailsAreForTheyAreForNobody() throws Exception {
    AuthorizationDetail nowhere =
        AuthorizationDetail.of(
            payment("1.00").json().toBuilder().put("locations", Scene.AUDIENCE).build());
    Access access = admitted(token(HANDLE, nowhere)).access();

    assertThat(access.authorizationDetails()).isEqualTo(AuthorizationDetails.NONE);
    assertThat(access.authorizationDetails(PAYMENT)).isEqualTo(AuthorizationDetails.NONE);
    assertThat(access.allows(PAYMENT, nowhere)).isFalse();
  }

  @Test
  @Requirement("RAR-9-1")
  void aTypeThatIsForOtherApisAllowsNothingHere() throws Exception {
    DetailType elsewhere =
        DetailType.parse(
            PAYMENT.file().toBuilder()
                .put("resources", List.of("https://other.example.com"))
                .build());
    Access access = admitted(token(HANDLE, payment("1.00"))).access();

    assertThat(access.authorizationDetails(PAYMENT))
        .isEqualTo(AuthorizationDetails.of(payment("1.00")));
    assertThat(access.authorizationDetails(elsewhere)).isEqualTo(AuthorizationDetails.NONE);
    assertThat(access.allows(elsewhere, payment("1.00"))).isFalse();
  }

  @Test
  void aTokenThatDoesNotNameItsGrantPermitsNothingOnce() throws Exception {
    Access access = admitted(token(GrantHandles.NONE, payment("1.00"))).access();

    assertThat(access.use(PAYMENT, payment("1.00"), uses))
        .isInstanceOfSatisfying(
            DetailVerdict.Unavailable.class,
            unavailable -> {
              assertThat(unavailable.why()).contains("no handle of its grant");
              assertThat(((Refusal.OAuth) unavailable.refusal()).status()).isEqualTo(503);
            });
  }

  @Test
  void ofManyAtOnceOneIsPermitted() throws Exception {
    Access access = admitted(token(HANDLE, payment("1.00"))).access();
    Callable<DetailVerdict> use = () -> access.use(PAYMENT, payment("1.00"), uses);

    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<DetailVerdict>> verdicts =
          threads.invokeAll(List.of(use, use, use, use, use, use, use, use));
      assertThat(verdicts.stream().map(Future::resultNow))
          .filteredOn(DetailVerdict.Permitted.class::isInstance)
          .hasSize(1);
    }
  }

  @Test
  void aFullMemoryPermitsNothing() throws Exception {
    DetailUses one = new InMemoryDetailUses(1);
    Access access = admitted(token(HANDLE, payment("1.00"), payment("2.00"))).access();
    access.use(PAYMENT, payment("1.00"), one);

    assertThat(access.use(PAYMENT, payment("1.50"), one))
        .isInstanceOf(DetailVerdict.Unavailable.class);
    assertThatThrownBy(() -> new InMemoryDetailUses(0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @Requirement("OA-9")
  void theAnswerToWhatIsNotAllowedIs403() throws Exception {
    AccessToken token = token(HANDLE, payment("1.00"));
    ResourceRequest request = request(token);
    ResourceServer guard = Scene.guard(new Nonces.Off());
    Verdict.Admitted admitted = (Verdict.Admitted) guard.judge(request, Scene.ACCOUNTS);

    Verdict.Refused refused = admitted.refuse(new DetailVerdict.NotGranted());

    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.interactionId()).isEqualTo(admitted.interactionId());
    assertThat(refused.refusal())
        .isInstanceOfSatisfying(
            Refusal.OAuth.class,
            oauth -> assertThat(oauth.error()).isEqualTo(OAuthError.INSUFFICIENT_SCOPE));
    assertThat(Scene.answer(refused).all("WWW-Authenticate"))
        .singleElement()
        .asString()
        .startsWith("DPoP ")
        .contains("error=\"insufficient_scope\"")
        .doesNotContain("scope=\"\"");
    assertThat(Scene.answer(refused).all("Cache-Control")).containsExactly("no-store");
    assertThat(Scene.answer(refused).all("x-fapi-interaction-id")).hasSize(1);
  }

  @Test
  @Requirement("RAR-9-1")
  void anOrderIsBookedOnceAndRefusedAfterwards() throws Exception {
    AccessToken token = token(HANDLE, payment("12.50"));
    ResourceRequest request = request(token);
    ResourceServer guard = Scene.guard(new Nonces.Off());
    Verdict.Admitted admitted = (Verdict.Admitted) guard.judge(request, Scene.ACCOUNTS);
    PaymentInitiation order = PaymentInitiation.from(payment("12.50"));
    List<PaymentInitiation> booked = new ArrayList<>();

    assertThat(PaymentSample.pay(admitted, order, uses, booked::add)).isEqualTo(admitted);
    assertThat(PaymentSample.pay(admitted, order, uses, booked::add))
        .isInstanceOfSatisfying(
            Verdict.Refused.class, refused -> assertThat(refused.status()).isEqualTo(403));
    assertThat(booked).containsExactly(order);
  }

  private static Verdict.Admitted admitted(AccessToken token) {
    return (Verdict.Admitted) Scene.guard(new Nonces.Off()).judge(request(token), Scene.ACCOUNTS);
  }

  private static ResourceRequest request(AccessToken token) {
    return Scene.request("Authorization", "DPoP " + token.reveal(), "DPoP", Scene.goodProof(token));
  }

  private static AccessToken token(GrantHandles handles, AuthorizationDetail... details) {
    return Scene.granting(AuthorizationDetails.of(details), handles)
        .sign(Scene.JOSE, Scene.ISSUER_KEY);
  }

  private static AuthorizationDetail payment(String amount) {
    return PaymentInitiation.of(
            Amount.of("EUR", amount), "Merchant A", Account.of("DE02100100109307118603"))
        .toDetail();
  }
}
