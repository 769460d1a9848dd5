package dev.countersign.server.grants;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.requirement.Requirement;
import dev.countersign.server.kit.Browser;
import dev.countersign.server.kit.Callback;
import dev.countersign.server.kit.Details;
import dev.countersign.server.kit.Params;
import dev.countersign.server.kit.Reply;
import dev.countersign.server.kit.Shown;
import dev.countersign.server.kit.TestServer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients may push about grants, and what people are asked then. */
class ManagedRequestsTest extends ManagedGrantsTest {

  @Test
  @Requirement({"GM-5.4-2"})
  void refusesAGrantToBeCreatedThatIsNamed() {
    String grant = granted(create(request())).string("grant_id");
    assertThat(pushedOutcome(create(request()).with("grant_id", grant)))
        .isEqualTo("400 invalid_request");
    assertThat(server.logged("rule")).contains("GM-5.4-2");
  }

  @Test
  @Requirement({"GM-5.4-3"})
  void refusesAGrantWithoutAnAction() {
    String grant = granted(create(request())).string("grant_id");
    assertThat(pushedOutcome(request().with("grant_id", grant))).isEqualTo("400 invalid_request");
    assertThat(server.logged("rule")).contains("GM-5.4-3");
  }

  @ParameterizedTest
  @Requirement({"GM-5.2-6"})
  @ValueSource(strings = {"merge", "replace"})
  void refusesAnActionWithoutItsGrant(String action) {
    assertThat(pushedOutcome(request().with("grant_management_action", action)))
        .isEqualTo("400 invalid_request");
    assertThat(server.logged("rule")).contains("GM-5.2-6");
  }

  @ParameterizedTest
  @Requirement({"GM-5.4-4"})
  @ValueSource(strings = {"update", "query", "Create"})
  void refusesAnActionThatThereIsNot(String action) {
    assertThat(pushedOutcome(request().with("grant_management_action", action)))
        .isEqualTo("400 invalid_request");
    assertThat(server.logged("rule")).contains("GM-5.4-4");
  }

  @Test
  @Requirement({"GM-5.4-4"})
  void needsNoActionWhereNoneIsRequired() {
    Reply tokens = granted(request());
    assertThat(tokens.json().has("grant_id")).isFalse();
  }

  @ParameterizedTest
  @Requirement({"GM-5.4-1", "GM-5.2-1"})
  @CsvSource({"merge", "replace"})
  void refusesAGrantThatThereIsNot(String action) {
    Params asked = request().with("grant_management_action", action).with("grant_id", "nobody's");
    assertThat(pushedOutcome(asked)).isEqualTo("400 invalid_grant_id");
    assertThat(server.logged("rule")).contains("GM-5.4-1");
  }

  @Test
  @Requirement({"GM-5.4-1"})
  void refusesAGrantThatWasEnded() {
    String grant = granted(create(request())).string("grant_id");
    assertThat(call(server.app(), "DELETE", grant, revokeToken(server.app())).status())
        .isEqualTo(204);
    assertThat(pushedOutcome(merge(request(), grant))).isEqualTo("400 invalid_grant_id");
  }

  @Test
  @Requirement({"GM-5.4-5", "GM-10-1"})
  void tellsAClientTheSameOfAnotherClientsGrantAndOfNone() {
    String grant = granted(create(request())).string("grant_id");
    Params asked = server.other().authorizationRequest();
    Reply others = server.other().push(merge(asked, grant));
    assertThat(server.logged("rule")).contains("GM-5.4-5");
    Reply none = server.other().push(merge(asked, "A".repeat(43)));
    assertThat(others.outcome()).isEqualTo("400 invalid_grant_id");
    assertThat(none.status()).isEqualTo(others.status());
    assertThat(none.text()).isEqualTo(others.text());
  }

  @Test
  @Requirement({"GM-5.1-1"})
  void takesActionsOfClientsThatAuthenticateAlone() {
    Reply reply = server.app().post("/par", create(request()), List.of());
    assertThat(reply.outcome()).isEqualTo("401 invalid_client");
  }

  @ParameterizedTest
  @Requirement({"GM-5.2-4", "GM-5.2-5"})
  @ValueSource(strings = {"merge", "replace"})
  void alwaysAsksWhereAGrantIsChanged(String action) {
    Browser browser = browser();
    Shown consent = browser.startLoggedIn();
    browser.press(consent, "allow");
    // The same again needs no page, and neither does a grant beside.
    assertThat(browser.start(create(request())).isConsent()).isFalse();
    String grant = granted(create(request())).string("grant_id");
    Params change = request().with("grant_management_action", action).with("grant_id", grant);
    assertThat(browser.start(change).isConsent()).isTrue();
    Callback silent = Callback.of(browser.start(change.with("prompt", "none")).reply());
    assertThat(silent.get("error")).isEqualTo("consent_required");
  }

  @Test
  @Requirement({"GM-5.2-4"})
  void saysWhatIsNewToTheGrantAndNotWhatIsRemembered() {
    String grant = granted(create(scope("openid accounts"))).string("grant_id");
    granted(create(scope("openid payments")));
    Browser browser = browser();
    Shown more = browser.loggedIn(browser.start(merge(scope("openid accounts payments"), grant)));
    assertThat(more.document().select("li:contains(Pay from) .before").text()).isEqualTo("new");
    assertThat(more.document().select("li:contains(See your) .before").text())
        .isEqualTo("allowed before");
  }

  @Test
  @Requirement({"GM-5.4-1"})
  void asksNobodyAnyMoreWhereTheGrantWasEndedMeanwhile() {
    String grant = granted(create(request())).string("grant_id");
    Browser browser = browser();
    Shown login = browser.start(merge(request(), grant));
    call(server.app(), "DELETE", grant, revokeToken(server.app()));
    Callback callback = Callback.of(browser.loggedIn(login).reply());
    assertThat(callback.get("error")).isEqualTo("invalid_grant_id");
  }

  @Test
  @Requirement({"GM-5.4-1"})
  void refusesAGrantThatIsOver() {
    Reply tokens = server.other().token(codeOfOther(create(server.other().authorizationRequest())));
    String grant = tokens.string("grant_id");
    Params again = merge(server.other().authorizationRequest(), grant);
    assertThat(server.other().push(again).status()).isEqualTo(201);
    // Without a refresh token, a grant is over with its access token.
    server.pass(Duration.ofMinutes(5));
    assertThat(server.other().push(again).outcome()).isEqualTo("400 invalid_grant_id");
  }

  private Params codeOfOther(Params request) {
    return server.other().codeRequest(allowed(server.other(), request).get("code"));
  }

  @Test
  @Requirement({"GM-6.1-1"})
  void doesNotAskPeopleForTheScopesOfTheApi() {
    assertThat(pushedOutcome(scope("openid grant_management_query")))
        .isEqualTo("400 invalid_scope");
    assertThat(pushedOutcome(request().with("resource", server.url("/grants").toString())))
        .isEqualTo("400 invalid_target");
  }

  @Test
  @Requirement({"GM-5.2-4", "GM-8.3"})
  void refusesAMergeThatWouldCarryDetailsToAResourceTheyWereNotAllowedFor() {
    Params first =
        create(scope("accounts"))
            .with("authorization_details", Details.array(Details.HEALTH))
            .and("resource", TestServer.API);
    String grant = granted(first).string("grant_id");
    Params second = merge(scope("reports"), grant).and("resource", TestServer.REPORTS);
    assertThat(pushedOutcome(second)).isEqualTo("400 invalid_target");
    assertThat(queried(grant).scopes().stream().flatMap(entry -> entry.resources().stream()))
        .containsExactly(new ResourceIndicator(TestServer.API));
  }

  private String pushedOutcome(Params request) {
    return server.app().push(request).outcome();
  }
}
