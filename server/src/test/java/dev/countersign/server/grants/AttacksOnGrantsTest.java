package dev.countersign.server.grants;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.oauth.GrantId;
import dev.countersign.requirement.Requirement;
import dev.countersign.server.kit.Browser;
import dev.countersign.server.kit.Callback;
import dev.countersign.server.kit.Details;
import dev.countersign.server.kit.Params;
import dev.countersign.server.kit.People;
import dev.countersign.server.kit.Reply;
import dev.countersign.server.kit.Shown;
import dev.countersign.server.kit.TestServer;
import dev.countersign.store.GrantRecord;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The attacks of the catalogue that go for grants. */
class AttacksOnGrantsTest extends ManagedGrantsTest {

  private Optional<GrantRecord> record(String id) {
    return server.store().findGrant(new GrantId(id), server.now());
  }

  @ParameterizedTest
  @ValueSource(strings = {"merge", "replace"})
  @Requirement({"A1-47", "ATT-80", "GM-5.4-1"})
  void att80AnotherPersonCannotChangeAGrant(String action) {
    String grant = granted(create(request())).string("grant_id");
    Optional<GrantRecord> before = record(grant);
    Params change = scope("openid payments").with("grant_management_action", action);
    Browser bens = browser();
    Shown login = bens.start(change.with("grant_id", grant));
    Reply decision = bens.logIn(login, People.BEN, People.BENS_PASSWORD);
    Callback callback = Callback.of(bens.follow(decision).reply());
    assertThat(callback.target()).isEqualTo("https://app.example.com/callback");
    assertThat(callback.get("error")).isEqualTo("invalid_grant_id");
    assertThat(callback.query()).doesNotContainKey("code");
    // The same for a session that was there before.
    Callback again = Callback.of(bens.start(change.with("grant_id", grant)).reply());
    assertThat(again.get("error")).isEqualTo("invalid_grant_id");
    assertThat(record(grant)).isEqualTo(before);
  }

  @Test
  @Requirement({"ATT-80", "GM-5.4-1"})
  void att80NoClientLearnsSilentlyThatAnotherPersonIsLoggedIn() {
    String grant = granted(create(request())).string("grant_id");
    Params silent = merge(scope("openid payments"), grant).with("prompt", "none");
    Browser bens = browser();
    bens.logIn(bens.start(request()), People.BEN, People.BENS_PASSWORD);
    Map<String, String> ofBen = answer(bens, silent);
    assertThat(ofBen).containsEntry("error", "login_required");
    assertThat(ofBen).isEqualTo(answer(browser(), silent));
    Browser annas = browser();
    annas.loggedIn(annas.start(request().with("prompt", "consent")));
    assertThat(answer(annas, silent)).containsEntry("error", "consent_required");
  }

  /** All but the state, which differs each time. */
  private static Map<String, String> answer(Browser browser, Params request) {
    Map<String, String> answer = new HashMap<>(Callback.of(browser.start(request).reply()).query());
    answer.remove("state");
    return answer;
  }

  @Test
  @Requirement({"ATT-80", "GM-5.4-1"})
  void att80APageThatItsPersonLeftIsNobodysYes() {
    String grant = granted(create(request())).string("grant_id");
    Optional<GrantRecord> before = record(grant);
    Browser shared = browser();
    Shown consent = shared.loggedIn(shared.start(merge(scope("openid payments"), grant)));
    assertThat(consent.isConsent()).isTrue();
    Shown other = shared.start(request().with("prompt", "login"));
    shared.logIn(other, People.BEN, People.BENS_PASSWORD);
    Reply pressed = shared.press(consent, "allow");
    assertThat(pressed.header("Location").orElseThrow()).doesNotContain("code=");
    assertThat(record(grant)).isEqualTo(before);
  }

  @Test
  @Requirement({"A1-47", "ATT-80", "GM-5.4-5"})
  void att80AnotherClientCannotNameAGrant() {
    String grant = granted(create(request())).string("grant_id");
    assertThat(server.other().push(merge(server.other().authorizationRequest(), grant)).outcome())
        .isEqualTo("400 invalid_grant_id");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "DELETE"})
  @Requirement({"A1-47", "ATT-81", "GM-6.6-1", "GM-6.6-2", "GM-6.6-3"})
  void att81NobodyElseReachesAGrant(String method) {
    String grant = granted(create(request())).string("grant_id");
    Optional<GrantRecord> before = record(grant);
    String right =
        method.equals("GET") ? queryToken(server.machine()) : revokeToken(server.machine());
    String wrong = method.equals("GET") ? revokeToken(server.app()) : queryToken(server.app());
    URI url = grantUrl(grant);
    assertThat(call(server.machine(), method, grant, right).status()).isEqualTo(404);
    assertThat(call(server.app(), method, grant, wrong).outcome())
        .isEqualTo("403 insufficient_scope");
    assertThat(call(method, url, "Bearer " + right).outcome()).isEqualTo("401 invalid_token");
    assertThat(call(method, url, "Bearer " + wrong).outcome()).isEqualTo("401 invalid_token");
    assertThat(record(grant)).isEqualTo(before);
  }

  @Test
  @Requirement({"ATT-82", "GM-5.2-4"})
  void att82NothingIsAddedToAGrantUnseen() {
    Params all = scope("openid accounts payments");
    String grant = granted(create(scope("openid accounts"))).string("grant_id");
    granted(create(all));
    Browser browser = browser();
    browser.loggedIn(browser.start(request().with("prompt", "consent")));
    // It is remembered that all of it was allowed, but not of this grant.
    assertThat(browser.start(merge(all, grant)).isConsent()).isTrue();
    Callback silent = Callback.of(browser.start(merge(all, grant).with("prompt", "none")).reply());
    assertThat(silent.get("error")).isEqualTo("consent_required");
  }

  @Test
  @Requirement({"ATT-82", "RAR-6-2", "GM-5.2-4"})
  void att82NoTokenHasMoreThanTheMergedGrant() {
    String medications = Details.HEALTH;
    String allergies = Details.HEALTH.replace("medications", "allergies");
    String procedures = Details.HEALTH.replace("medications", "procedures");
    String id =
        granted(create(scope("openid")).with("authorization_details", "[" + medications + "]"))
            .string("grant_id");
    Reply merged =
        granted(merge(scope("openid"), id).with("authorization_details", "[" + allergies + "]"));
    Params refresh = server.app().refreshRequest(merged.string("refresh_token"));
    assertThat(
            server
                .app()
                .token(refresh.and("authorization_details", "[" + medications + "]"))
                .status())
        .isEqualTo(200);
    assertThat(
            server
                .app()
                .token(refresh.and("authorization_details", "[" + procedures + "]"))
                .outcome())
        .isEqualTo("400 invalid_authorization_details");
  }

  @Test
  @Requirement({"ATT-82", "GM-5.2-4"})
  void att82AScopeValueReachesNoResourceThroughAMerge() {
    String one = TestServer.API;
    String id = granted(create(scope("accounts")).and("resource", one)).string("grant_id");
    Reply merged = granted(merge(scope("reports"), id).and("resource", TestServer.REPORTS));
    Params refresh = server.app().refreshRequest(merged.string("refresh_token"));
    assertThat(server.app().token(refresh.and("resource", TestServer.REPORTS)).string("scope"))
        .isEqualTo("reports");
    assertThat(server.app().token(refresh.and("resource", one)).string("scope"))
        .isEqualTo("accounts");
  }

  @Test
  @Requirement({"ATT-84", "GM-5.2-5", "GM-10-2"})
  void att84ReplacingCutsOldRights() {
    Reply before = granted(create(scope("openid accounts payments")));
    Reply after = granted(replace(scope("openid accounts"), before.string("grant_id")));
    assertThat(refreshed(before)).isEqualTo("400 invalid_grant");
    assertThat(server.api().introspect(before.string("access_token")).json().toJson())
        .isEqualTo("{\"active\":false}");
    assertThat(server.app().userinfo(before.string("access_token")).outcome())
        .isEqualTo("401 invalid_token");
    assertThat(server.api().introspect(after.string("access_token")).string("scope"))
        .doesNotContain("payments");
    Params more = server.app().refreshRequest(after.string("refresh_token"));
    assertThat(server.app().token(more.and("scope", "accounts payments")).outcome())
        .isEqualTo("400 invalid_scope");
  }
}
