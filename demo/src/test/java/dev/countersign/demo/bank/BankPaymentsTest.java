package dev.countersign.demo.bank;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.requirement.Requirement;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is paid, by which yes, and how often. */
class BankPaymentsTest extends BankScene {
  @Test
  @Requirement("RAR-9-1")
  void paysWhatWasAllowedAndShowsItAfterwards() throws Exception {
    HttpResponse<String> paid = pay(ANNA, order("a", "12.50"), "grant-1", order("a", "12.50"));
    assertThat(paid.statusCode()).isEqualTo(201);
    assertThat(JsonObject.parse(paid.body()).string("balance")).contains("87.50");
    assertThat(get("/accounts/a/transactions", ANNA).body()).contains("-12.50", "Shop");
    assertThat(get("/accounts", BEN).body()).contains("5.00");
  }

  @Test
  @Requirement("RAR-9-1")
  void paysItOnceWhateverTokenOfTheGrantComes() throws Exception {
    assertThat(pay(ANNA, order("a", "12.50"), "grant-1").statusCode()).isEqualTo(201);
    HttpResponse<String> again = pay(ANNA, order("a", "12.50"), "grant-1");
    assertThat(again.statusCode()).isEqualTo(403);
    assertThat(again.headers().firstValue("WWW-Authenticate"))
        .hasValueSatisfying(value -> assertThat(value).contains("insufficient_scope"));
    assertThat(refusals.take().rule().value()).isEqualTo("RAR-9-1");
    assertThat(get("/accounts", ANNA).body()).contains("87.50");
    assertThat(pay(ANNA, order("a", "12.50"), "grant-2").statusCode()).isEqualTo(201);
  }

  static Stream<JsonObject> notWhatWasAllowed() {
    JsonObject allowed = order("a", "12.50");
    return Stream.of(
        order("a", "12.51"),
        order("b", "12.50"),
        allowed.without("creditorName").toBuilder().put("creditorName", "Thief").build(),
        allowed.without("creditorAccount"),
        allowed.toBuilder().put("remittanceInformationUnstructured", "more").build());
  }

  @ParameterizedTest
  @MethodSource("notWhatWasAllowed")
  @Requirement("RAR-9-1")
  void paysNothingElseThanWasAllowed(JsonObject order) throws Exception {
    HttpResponse<String> refused = pay(ANNA, order("a", "12.50"), "grant-1", order);
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refusals.take().rule().value()).isEqualTo("RAR-9-1");
    assertThat(get("/accounts", ANNA).body()).contains("100.00");
    assertThat(pay(ANNA, order("a", "12.50"), "grant-1").statusCode()).isEqualTo(201);
  }

  @Test
  @Requirement("RAR-9-1")
  void isNoWiserWhateverTheOrderSaysOfItsTypeAndPlace() throws Exception {
    JsonObject order =
        order("a", "12.50").toBuilder()
            .put("type", "account_information")
            .put("locations", List.of("https://elsewhere.example"))
            .build();
    assertThat(pay(ANNA, order("a", "12.50"), "grant-1", order).statusCode()).isEqualTo(201);
  }

  static Stream<JsonObject> paysNothingNow() {
    JsonObject order = order("a", "12.50");
    return Stream.of(
        order.toBuilder().put("actions", List.of("status")).build(),
        order.toBuilder().put("requestedExecutionDate", "2099-12-31").build());
  }

  /** To look at a payment is not to make it, and some other day is not now. */
  @ParameterizedTest
  @MethodSource("paysNothingNow")
  @Requirement("RAR-9-1")
  void paysNothingByAYesToSomethingElseThanPayingNow(JsonObject allowed) throws Exception {
    assertThat(pay(ANNA, allowed, "grant-1", allowed).statusCode()).isEqualTo(403);
    assertThat(pay(ANNA, allowed, "grant-1", order("a", "12.50")).statusCode()).isEqualTo(403);
    assertThat(get("/accounts", ANNA).body()).contains("100.00");
  }

  @Test
  @Requirement("RAR-9-1")
  void paysByAYesToPaying() throws Exception {
    JsonObject allowed =
        order("a", "12.50").toBuilder().put("actions", List.of("initiate", "status")).build();
    assertThat(pay(ANNA, allowed, "grant-1", order("a", "12.50")).statusCode()).isEqualTo(201);
  }

  @Test
  void usesNothingUpWhereTheAccountDoesNotHoldSoMuch() throws Exception {
    HttpResponse<String> refused = pay(BEN, order("b", "5.01"), "grant-1");
    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(JsonObject.parse(refused.body()).string("error")).contains("insufficient_funds");
    JsonObject less = order("b", "5.00");
    assertThat(pay(BEN, order("b", "5.01"), "grant-1", less).statusCode()).isEqualTo(201);
  }

  @Test
  @Requirement("A7-15")
  void paysFromNoAccountOfAnother() throws Exception {
    HttpResponse<String> refused = pay(BEN, order("a", "1.00"), "grant-1");
    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(JsonObject.parse(refused.body()).string("error")).contains("no_account");
    assertThat(get("/accounts", ANNA).body()).contains("100.00");
  }

  @Test
  @Requirement("RAR-9-1")
  void tellsNobodyWhoMayNotPayWhetherTheAccountHoldsSoMuch() throws Exception {
    assertThat(pay(ANNA, order("a", "1.00"), "grant-1", order("a", "100.01")).statusCode())
        .isEqualTo(403);
  }

  @Test
  void refusesBrokenJson() throws Exception {
    assertThat(send(payment(ANNA, "{\"creditorName\":")).statusCode()).isEqualTo(400);
    assertThat(get("/accounts", ANNA).body()).contains("100.00");
  }

  static Stream<JsonObject> noOrders() {
    JsonObject good = order("a", "12.50");
    return Stream.of(
        good.without("instructedAmount"),
        good.without("debtorAccount"),
        good.without("creditorName"),
        good.without("creditorName").toBuilder().put("creditorName", " ").build(),
        order("a", "0.00"),
        order("a", "-1.00"),
        good.without("instructedAmount").toBuilder()
            .put("instructedAmount", JsonObject.builder().put("amount", 12).build())
            .build());
  }

  @ParameterizedTest
  @MethodSource("noOrders")
  void refusesWhatIsNoOrder(JsonObject order) throws Exception {
    assertThat(pay(ANNA, order("a", "12.50"), "grant-1", order).statusCode()).isEqualTo(400);
  }

  @Test
  void refusesAForm() throws Exception {
    HttpRequest.Builder request =
        authorized("POST", "/payments", ANNA)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString("amount=1"));
    assertThat(send(request).statusCode()).isEqualTo(415);
  }

  @Test
  @Requirement({"RAR-9-1", "OA-9"})
  void refusesToPayWithATokenForReading() throws Exception {
    HttpResponse<String> refused = send(payment(ANNA, order("a", "1.00").toJson()));
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refusals.take().rule().value()).isEqualTo("RAR-9-1");
    assertThat(get("/accounts", ANNA).body()).contains("100.00");
  }
}
