package dev.countersign.server.par;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.oauth.RequestUri;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.protocol.rar.AuthorizationDetails;
import dev.countersign.requirement.Requirement;
import dev.countersign.server.EndpointTest;
import dev.countersign.server.kit.Params;
import dev.countersign.server.kit.Reply;
import dev.countersign.server.kit.TestClient;
import dev.countersign.server.kit.TestServer;
import dev.countersign.store.PushedRequest;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Authorization details in pushed requests, and what is wrong with them (ATT-83). */
class PushDetailsTest extends EndpointTest {
  private static final String PAYMENT =
      """
      {"type":"payment_initiation",
       "instructedAmount":{"currency":"EUR","amount":"123.50"},
       "creditorName":"Merchant A",
       "creditorAccount":{"iban":"DE02100100109307118603"},
       "remittanceInformationUnstructured":"Ref 7"}
      """;

  private static final String ACCOUNTS =
      """
      {"type":"account_information","actions":["list_accounts","read_balances"]}
      """;

  private static Params asking(TestClient client, String details) {
    return client.authorizationRequest().with(AuthorizationDetails.NAME, details);
  }

  private Reply push(String details) {
    return server.app().push(asking(server.app(), details));
  }

  private void refused(String details, String rule, String inTheLog) {
    assertThat(push(details).outcome()).isEqualTo("400 invalid_authorization_details");
    assertThat(server.logged("rule")).contains(rule);
    assertThat(server.logged("detail").orElseThrow()).contains(inTheLog);
  }

  private PushedRequest kept(Reply reply) {
    assertThat(reply.status()).isEqualTo(201);
    return server
        .store()
        .findRequest(new RequestUri(reply.string("request_uri")).digest(), server.now())
        .orElseThrow();
  }

  @Test
  @Requirement({"RAR-2-1", "RAR-2-2", "RAR-3-1"})
  void keepsObjectsOfSeveralTypesAsTheyCame() {
    String both = "[" + PAYMENT + "," + ACCOUNTS + "," + PAYMENT.replace("Ref 7", "Ref 8") + "]";
    assertThat(kept(push(both)).request().authorizationDetails())
        .isEqualTo(AuthorizationDetails.parse(both));
  }

  @Test
  @Requirement({"RAR-3.1-1"})
  void takesARequestForDetailsAlone() {
    Params request = asking(server.app(), "[" + ACCOUNTS + "]").without("scope");
    assertThat(server.app().push(request).status()).isEqualTo(201);
    assertThat(server.app().push(request.without(AuthorizationDetails.NAME)).outcome())
        .isEqualTo("400 invalid_scope");
    assertThat(server.app().push(request.with(AuthorizationDetails.NAME, "[]")).outcome())
        .isEqualTo("400 invalid_scope");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "{}",
        "\"text\"",
        "[1]",
        "[null]",
        "[[]]",
        "[{}]",
        "[{\"type\":1}]",
        "[{\"type\":null}]",
        "[{\"type\":\"\"}]",
        "[{\"type\":[\"account_information\"]}]",
        "[{\"type\":\"account_information\",\"type\":\"payment_initiation\"}]",
        "[{\"actions\":[\"list_accounts\"]}]",
        "[{\"type\":\"account_information\"},]",
        "[{'type':'account_information'}]",
        "[{\"type\":\"account_information\",\"actions\":[\"list_accounts\"]}] x"
      })
  @Requirement({"RAR-2-1", "RAR-5-1", "ATT-83"})
  void refusesWhatIsNoArrayOfObjectsWithAType(String details) {
    refused(details, "RAR-5-1", "");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "unknown",
        "Account_information",
        "account_information ",
        "accoun\\u0000",
        "ac\u0327count_information",
        "../payment_initiation",
        "<script>alert(1)</script>"
      })
  @Requirement({"RAR-5-1", "RAR-12-2", "ATT-83"})
  void refusesATypeThatIsNotKnown(String type) {
    refused(
        "[" + ACCOUNTS.replace("account_information", type) + "]",
        "RAR-5-1",
        "/0/type is unknown, expected one of [");
  }

  @Test
  @Requirement({"RAR-10-2"})
  void refusesATypeThatTheClientIsNotRegisteredFor() {
    TestClient other = server.other();
    assertThat(other.push(asking(other, "[" + ACCOUNTS + "]")).status()).isEqualTo(201);
    assertThat(other.push(asking(other, "[" + ACCOUNTS + "," + PAYMENT + "]")).outcome())
        .isEqualTo("400 invalid_authorization_details");
    assertThat(server.logged("rule")).contains("RAR-10-2");
    assertThat(server.logged("detail").orElseThrow()).startsWith("/1/type is payment_initiation");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"Merchant A\"                 | 7                       | /0/creditorName",
        "\"Merchant A\"                 | null                    | /0/creditorName",
        "\"Merchant A\"                 | [\"Merchant A\"]        | /0/creditorName",
        "\"Merchant A\"                 | \"\"                    | /0/creditorName",
        "\"123.50\"                     | 123.50                  | /0/instructedAmount/amount",
        "\"123.50\"                     | \"-123.50\"             | /0/instructedAmount/amount",
        "\"123.50\"                     | \"0.00\"                | /0/instructedAmount/amount",
        "\"123.50\"                     | \"1e9\"                 | /0/instructedAmount/amount",
        "\"123.50\"                     | \"123.50\\n\"           | /0/instructedAmount/amount",
        "\"EUR\"                        | \"eur\"                 | /0/instructedAmount/currency",
        "\"amount\"                     | \"Amount\"              | /0/instructedAmount does not",
        "\"currency\":\"EUR\",          | ``                      | /0/instructedAmount does not",
        "\"iban\"                       | \"bban\"                | /0/creditorAccount",
        "\"creditorName\":\"Merchant A\", | ``                    | /0 does not meet required",
        "\"creditorName\":              | \"x\":1,\"creditorName\": | /0/* does not",
        "\"creditorName\":              |"
            + " \"requestedExecutionDate\":\"2026-02-30\",\"creditorName\": |"
            + " /0/requestedExecutionDate does not meet format",
        "\"creditorName\":              | \"locations\":[],\"creditorName\": | /0/locations",
        "\"creditorName\":              | \"locations\":{},\"creditorName\": | /0/locations",
        "\"creditorName\":              | \"__proto__\":{},\"creditorName\": | /0/* does not"
      })
  @Requirement({"RAR-5-1", "ATT-83"})
  void refusesWhatItsTypeHasNoPlaceFor(String text, String instead, String place) {
    assertThat(PAYMENT).contains(text);
    refused("[" + PAYMENT.replace(text, instead) + "]", "RAR-5-1", place);
  }

  @Test
  @Requirement({"RAR-12-3", "RAR-13", "ATT-83"})
  void neverLogsAValueAndCutsNamesThatAreNone() {
    refused("[" + PAYMENT.replace("DE02100100109307118603", "DE02-4711") + "]", "RAR-5-1", "/iban");
    assertThat(server.logged("detail").orElseThrow()).doesNotContain("4711");
    refused(
        "[" + ACCOUNTS.replace("\"actions\"", "\"Anna Huber\":1,\"actions\"") + "]",
        "RAR-5-1",
        "account_information: /0/* does not meet unevaluatedProperties");
    refused(
        "[" + ACCOUNTS.replace("\"actions\"", "\"<b>\\r\\nrule=none é\":1,\"actions\"") + "]",
        "RAR-5-1",
        "/0");
    assertThat(server.logged("detail").orElseThrow()).doesNotContain("\r", "\n", "é");
  }

  @Test
  @Requirement({"RAR-12-3", "ATT-83"})
  void takesMarkupAsTextWhereTextMayBe() {
    String markup = "<script>alert('x')</script>";
    PushedRequest kept = kept(push("[" + PAYMENT.replace("Merchant A", markup) + "]"));
    assertThat(kept.request().authorizationDetails().toJson()).contains(markup);
  }

  @Test
  @Requirement({"RAR-5-1", "ATT-83"})
  void refusesWhatIsTooDeepTooLongOrTooMuch() {
    String deep = "{\"a\":".repeat(9) + "1" + "}".repeat(9);
    refused("[" + ACCOUNTS.replace("[\"list_accounts\"", "[" + deep) + "]", "RAR-5-1", "deeper");
    refused("[".repeat(5000) + "]".repeat(5000), "RAR-5-1", "deeper");
    refused(
        "[" + PAYMENT.replace("Ref 7", "x".repeat(16 * 1024)) + "]",
        "RAR-5-1",
        "longer than 16384");
    refused(payments(33), "RAR-5-1", "more than 32");
    assertThat(push(payments(32)).status()).isEqualTo(201);
    refused("[" + PAYMENT + "," + PAYMENT + "]", "RAR-5-1", "twice");
  }

  private static String payments(int number) {
    return IntStream.range(0, number)
        .mapToObj(i -> PAYMENT.replace("Ref 7", "Ref " + i))
        .collect(Collectors.joining(",", "[", "]"));
  }

  @Test
  @Requirement({"RAR-5-1", "ATT-83"})
  void refusesTheParameterTwice() {
    Params request = asking(server.app(), "[" + ACCOUNTS + "]");
    assertThat(server.app().push(request.and(AuthorizationDetails.NAME, "[]")).outcome())
        .isEqualTo("400 invalid_request");
  }

  @Test
  @Requirement({"RAR-5-1"})
  void refusesWhatIsOverWhenTheDayHasEnded() {
    LocalDate day = LocalDate.ofInstant(server.now(), ZoneOffset.UTC);
    String today = ACCOUNTS.replace("]}", "],\"validUntil\":\"" + day + "\"}");
    assertThat(push("[" + today + "]").status()).isEqualTo(201);
    server.pass(Duration.ofDays(1));
    refused("[" + ACCOUNTS + "," + today + "]", "RAR-5-1", "/1/validUntil is a day that is past");
    assertThat(push("[" + today.replace(day.toString(), day.plusDays(1).toString()) + "]").status())
        .isEqualTo(201);
  }

  private static String at(String... locations) {
    String all =
        List.of(locations).stream().map(one -> "\"" + one + "\"").collect(Collectors.joining(","));
    return ACCOUNTS.replace("\"actions\"", "\"locations\":[" + all + "],\"actions\"");
  }

  @Test
  @Requirement({"RAR-5-1", "RAR-12-2"})
  void refusesALocationThatIsNoResourceOfTheClient() {
    assertThat(push("[" + at(TestServer.API, TestServer.REPORTS) + "]").status()).isEqualTo(201);
    refused("[" + at(TestServer.API + "/") + "]", "RAR-5-1", "/0/locations");
    refused("[" + at("https://evil.example") + "]", "RAR-5-1", "/0/locations");
    refused("[" + at("https://API.example.com") + "]", "RAR-5-1", "/0/locations");
  }

  @Test
  @Requirement({"RAR-3.2-1"})
  void refusesAScopeThatALocationWouldCarryFurtherThanTheResource() {
    Params request =
        asking(server.app(), "[" + at(TestServer.REPORTS) + "]").with("scope", "accounts");
    // Without resource the locations are all of the audience, and accounts means nothing there.
    assertThat(server.app().push(request).outcome()).isEqualTo("400 invalid_scope");
    assertThat(server.app().push(request.and("resource", TestServer.API)).status()).isEqualTo(201);
    Params reports = request.with("scope", "openid").and("resource", TestServer.API);
    assertThat(kept(server.app().push(reports)).request().resources())
        .containsExactly(new ResourceIndicator(TestServer.API));
  }
}
