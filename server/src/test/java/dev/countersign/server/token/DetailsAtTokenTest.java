package dev.countersign.server.token;

import static dev.countersign.server.kit.Details.ACCOUNTS;
import static dev.countersign.server.kit.Details.LESS;
import static dev.countersign.server.kit.Details.MORE;
import static dev.countersign.server.kit.Details.array;
import static dev.countersign.server.kit.Details.at;
import static dev.countersign.server.kit.TestServer.API;
import static dev.countersign.server.kit.TestServer.REPORTS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.requirement.Requirement;
import dev.countersign.server.kit.Details;
import dev.countersign.server.kit.Params;
import dev.countersign.server.kit.RawJwt;
import dev.countersign.server.kit.Reply;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What of the details that a person granted gets into a token. */
@Requirement({"RAR-7-1", "RAR-9-1"})
class DetailsAtTokenTest extends DetailsTokenTest {
  private static final String PAYMENT =
      """
      {"type":"payment_initiation","locations":["https://api.example.com"],\
      "actions":["initiate","status"],\
      "instructedAmount":{"currency":"EUR","amount":"100.00"},"creditorName":"Merchant A",\
      "creditorAccount":{"iban":"DE02100100109307118603"}}\
      """;

  private static List<String> audience(Reply tokens) throws MalformedJsonException {
    var claims = RawJwt.claims(tokens.string("access_token"));
    return claims.isString("aud")
        ? claims.string("aud").stream().toList()
        : claims.strings("aud").orElseThrow();
  }

  @Test
  @Requirement({"RAR-2-2", "RAR-9.1-1"})
  void aCodeGivesAllThatWasGranted() {
    Reply tokens = server.app().token(codeRequest(ACCOUNTS));
    assertThat(given(tokens)).isEqualTo(Details.of(ACCOUNTS));
    assertThat(given(refresh(tokens))).isEqualTo(Details.of(ACCOUNTS));
  }

  @Test
  void aGrantWithoutDetailsGivesNone() {
    Reply tokens = server.app().tokens();
    assertThat(tokens.json().has("authorization_details")).isFalse();
    assertThat(RawJwt.claims(tokens.string("access_token")).has("authorization_details")).isFalse();
  }

  @Test
  @Requirement({"RAR-6-1", "RAR-6-2", "RAR-6.1-1"})
  void aTokenMayHaveLessAndTheNextOneAllAgain() {
    Reply tokens = server.app().token(asking(codeRequest(ACCOUNTS), LESS));
    assertThat(given(tokens)).isEqualTo(Details.of(LESS));
    assertThat(given(refresh(tokens))).isEqualTo(Details.of(ACCOUNTS));
    assertThat(given(refresh(tokens, LESS))).isEqualTo(Details.of(LESS));
    assertThat(given(refresh(tokens))).isEqualTo(Details.of(ACCOUNTS));
  }

  @Test
  @Requirement({"RAR-6-2", "RAR-8-1", "ATT-82"})
  void noTokenHasMoreThanWasGranted() {
    Params request = codeRequest(ACCOUNTS);
    assertThat(server.app().token(asking(request, MORE)).outcome())
        .isEqualTo("400 invalid_authorization_details");
    assertThat(server.app().token(asking(request, ACCOUNTS, MORE)).outcome())
        .isEqualTo("400 invalid_authorization_details");
    // Nothing was used up.
    Reply tokens = server.app().token(request);
    assertThat(given(tokens)).isEqualTo(Details.of(ACCOUNTS));
    assertThat(refresh(tokens, MORE).outcome()).isEqualTo("400 invalid_authorization_details");
    assertThat(refresh(tokens, ACCOUNTS.replace("013000", "013001")).outcome())
        .isEqualTo("400 invalid_authorization_details");
    assertThat(refresh(tokens, Details.HEALTH).outcome())
        .isEqualTo("400 invalid_authorization_details");
    assertThat(server.logged("rule")).contains("RAR-6-2");
  }

  /** One yes to one payment must not be cut into many. */
  @Test
  @Requirement({"RAR-6-2", "ATT-82"})
  void whatMayBeUsedOnceIsNotDivided() {
    Reply tokens = server.app().token(codeRequest(PAYMENT));
    assertThat(given(refresh(tokens, PAYMENT))).isEqualTo(Details.of(PAYMENT));
    assertThat(server.app().token(asking(codeRequest(PAYMENT), cheaper("99.99"))).outcome())
        .isEqualTo("400 invalid_authorization_details");
    for (String other :
        List.of(
            cheaper("99.99"),
            cheaper("100.0"),
            PAYMENT.replace("[\"initiate\",\"status\"]", "[\"status\",\"initiate\"]"),
            PAYMENT.replace(",\"status\"", ""),
            PAYMENT.replace("\"locations\":[\"" + API + "\"],", ""))) {
      assertThat(refresh(tokens, other).outcome())
          .as(other)
          .isEqualTo("400 invalid_authorization_details");
    }
    assertThat(refresh(tokens, PAYMENT, cheaper("1.00")).outcome())
        .isEqualTo("400 invalid_authorization_details");
  }

  /** Each resource server would let it through once. */
  @Test
  @Requirement({"RAR-5-1", "ATT-82"})
  void whatMayBeUsedOnceIsForOneResource() {
    String anywhere = PAYMENT.replace("\"locations\":[\"" + API + "\"],", "");
    for (String object : List.of(anywhere, at(anywhere, API, REPORTS))) {
      Params request =
          server
              .app()
              .authorizationRequest()
              .with("scope", "accounts reports")
              .and("resource", API)
              .and("resource", REPORTS)
              .and("authorization_details", array(object));
      assertThat(server.app().push(request).outcome())
          .isEqualTo("400 invalid_authorization_details");
    }
    Params one =
        server
            .app()
            .authorizationRequest()
            .with("scope", "accounts")
            .and("authorization_details", array(anywhere));
    assertThat(server.app().push(one).status()).isEqualTo(201);
  }

  private static String cheaper(String amount) {
    return PAYMENT.replace("100.00", amount);
  }

  /** What its type has no place for at the authorization request, it has no place for here. */
  @Test
  @Requirement({"RAR-8-1", "RAR-5-1", "RAR-9.1-1", "ATT-82"})
  void lessIsStillWhatTheTypeHasAPlaceFor() {
    String limited = ACCOUNTS.replace("}]}", "}],\"frequencyPerDay\":4}");
    String here = at(limited, API);
    Reply tokens = server.app().token(codeRequest(here, at(LESS, REPORTS)));
    Params request = server.app().refreshRequest(tokens.string("refresh_token"));
    for (String other :
        List.of(
            here.replace("[\"" + API + "\"]", "[]"),
            here.replace("\"frequencyPerDay\":4", "\"frequencyPerDay\":-1"),
            here.replace("\"frequencyPerDay\":4", "\"frequencyPerDay\":0.5"),
            here.replace("[\"list_accounts\",\"read_balances\"]", "[]"),
            here.replaceFirst("\"accounts\":\\[.*?]", "\"accounts\":[]"))) {
      assertThat(refresh(tokens, other).outcome())
          .as(other)
          .isEqualTo("400 invalid_authorization_details");
      assertThat(server.app().token(asking(request, other).and("resource", REPORTS)).outcome())
          .as(other)
          .isEqualTo("400 invalid_authorization_details");
    }
    assertThat(given(refresh(tokens, here.replace(":4", ":3")))).isNotNull();
  }

  @Test
  @Requirement({"RAR-6-2", "ATT-82"})
  void aGrantOfScopeAloneGivesNoDetails() {
    Params request = server.app().codeRequest(server.app().code());
    assertThat(server.app().token(asking(request, LESS)).outcome())
        .isEqualTo("400 invalid_authorization_details");
    assertThat(server.app().token(request).status()).isEqualTo(200);
  }

  /** Who wants a token of scope alone must not get one for everything. */
  @Test
  @Requirement({"RAR-8-1", "RAR-6-1"})
  void anEmptyArrayIsNoWayToAskForAll() {
    Params request = codeRequest(ACCOUNTS);
    assertThat(server.app().token(request.and("authorization_details", "[]")).outcome())
        .isEqualTo("400 invalid_authorization_details");
    assertThat(server.logged("rule")).contains("RAR-8-1");
    Reply tokens = server.app().token(request);
    Params refresh = server.app().refreshRequest(tokens.string("refresh_token"));
    assertThat(server.app().token(refresh.and("authorization_details", "[ ]")).outcome())
        .isEqualTo("400 invalid_authorization_details");
    Params own = Params.of("grant_type", "client_credentials", "authorization_details", "[]");
    assertThat(server.app().token(own).outcome()).isEqualTo("400 invalid_authorization_details");
    assertThat(server.app().token(own.without("authorization_details")).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "{}", "[1]", "[{}]", "[{\"type\":\"unknown\"}]"})
  @Requirement({"RAR-8-1", "RAR-5-1"})
  void whatIsNoneIsRefusedAsAtTheAuthorizationRequest(String value) {
    Params request = codeRequest(ACCOUNTS);
    assertThat(server.app().token(request.and("authorization_details", value)).outcome())
        .isEqualTo("400 invalid_authorization_details");
    assertThat(server.app().token(request).status()).isEqualTo(200);
  }

  @Test
  @Requirement({"RAR-9.1-1", "RAR-3.2-1"})
  void aTokenHasTheDetailsOfItsAudienceAlone() throws MalformedJsonException {
    String here = at(ACCOUNTS, API);
    String there = at(LESS, REPORTS);
    Reply both = server.app().token(codeRequest(here, there));
    assertThat(given(both)).isEqualTo(Details.of(here, there));

    Params request = server.app().refreshRequest(both.string("refresh_token"));
    Reply atApi = server.app().token(request.and("resource", API));
    assertThat(given(atApi)).isEqualTo(Details.of(here));
    assertThat(given(server.app().token(request.and("resource", REPORTS))))
        .isEqualTo(Details.of(there));
    assertThat(audience(atApi)).containsExactly(API);
  }

  @Test
  @Requirement({"RAR-6-1", "RAR-9.1-1"})
  void detailsThatSayWhereTheyAreForChooseTheAudience() throws MalformedJsonException {
    String here = at(ACCOUNTS, API);
    String there = at(LESS, REPORTS);
    Reply both = server.app().token(codeRequest(here, there));
    assertThat(audience(both)).containsExactly(API, REPORTS);
    Reply one = refresh(both, there);
    assertThat(audience(one)).containsExactly(REPORTS);
    assertThat(one.string("scope")).isEqualTo("reports");
    assertThat(audience(refresh(both, here, there))).containsExactly(API, REPORTS);
  }

  @Test
  @Requirement({"RAR-6-2", "RAR-3.2-1"})
  void detailsForAnotherResourceThanTheTokenAreRefused() {
    String here = at(ACCOUNTS, API);
    Reply tokens = server.app().token(codeRequest(here));
    Params request = server.app().refreshRequest(tokens.string("refresh_token"));
    assertThat(server.app().token(asking(request, here).and("resource", REPORTS)).outcome())
        .isEqualTo("400 invalid_authorization_details");
    assertThat(server.app().token(asking(request, here).and("resource", API)).status())
        .isEqualTo(200);
  }
}
