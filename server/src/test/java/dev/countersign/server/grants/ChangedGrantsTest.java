package dev.countersign.server.grants;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.grants.GrantResource;
import dev.countersign.protocol.oauth.AuthorizationCode;
import dev.countersign.protocol.oauth.GrantId;
import dev.countersign.requirement.Requirement;
import dev.countersign.server.kit.Browser;
import dev.countersign.server.kit.Callback;
import dev.countersign.server.kit.Details;
import dev.countersign.server.kit.Params;
import dev.countersign.server.kit.Reply;
import dev.countersign.server.kit.Shown;
import dev.countersign.server.kit.TestServer;
import dev.countersign.store.Grant;
import dev.countersign.store.GrantRecord;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of grants. */
class ChangedGrantsTest extends ManagedGrantsTest {

  private Grant grant(String id) {
    return server
        .store()
        .findGrant(new GrantId(id), server.now())
        .map(GrantRecord::grant)
        .orElseThrow();
  }

  @Test
  @Requirement({"GM-5.2-3", "GM-5.5-1", "GM-5.5-2", "GM-9-1", "GM-5.3-1"})
  void areMadeAnewHoweverManyThereAre() {
    Callback first = allowed(create(request()));
    assertThat(first.query()).doesNotContainKey("grant_id");
    Reply one = redeemed(first);
    Reply two = granted(create(request().with("prompt", "consent")));
    assertThat(one.string("grant_id")).matches("[A-Za-z0-9_-]{43}");
    assertThat(two.string("grant_id")).isNotEqualTo(one.string("grant_id"));
    assertThat(refreshed(one)).isEqualTo("200");
    assertThat(refreshed(two)).isEqualTo("200");
  }

  @Test
  @Requirement({"GM-5.2-4", "GM-5.5-1", "GM-3.7"})
  void haveAllOfBothWhenTheyAreMerged() {
    Reply before = granted(create(scope("openid accounts")));
    String id = before.string("grant_id");
    server.pass(Duration.ofMinutes(1));
    Reply after = granted(merge(scope("profile payments"), id));
    assertThat(after.string("grant_id")).isEqualTo(id);
    assertThat(after.string("scope").split(" "))
        .containsExactlyInAnyOrder("openid", "accounts", "profile", "payments");
    // Nobody asked who logged in this time.
    assertThat(after.json().has("id_token")).isFalse();
    assertThat(refreshed(before)).isEqualTo("400 invalid_grant");
    assertThat(refreshed(after)).isEqualTo("200");
    assertThat(server.app().userinfo(before.string("access_token")).status()).isEqualTo(200);
    assertThat(server.app().userinfo(after.string("access_token")).string("name"))
        .isEqualTo("Anna Example");
  }

  @Test
  @Requirement({"GM-5.2-4"})
  void giveAllOfTheirDetailsToOneTokenWhenTheyAreMerged() {
    Params first =
        create(scope("openid")).with("authorization_details", Details.array(Details.HEALTH));
    String id = granted(first).string("grant_id");
    Params second =
        merge(scope("openid"), id)
            .with(
                "authorization_details",
                Details.array(Details.HEALTH.replace("medications", "allergies")));
    Reply after = granted(second);
    assertThat(Details.in(after.json()))
        .isEqualTo(
            Details.of(Details.HEALTH.replace("[\"medications", "[\"medications\",\"allergies")))
        .isEqualTo(queried(id).authorizationDetails());
  }

  @Test
  @Requirement({"GM-5.2-5", "GM-5.5-1", "GM-10-2"})
  void areOnlyWhatIsAllowedNowWhenTheyAreReplaced() {
    Reply before = granted(create(scope("openid accounts payments")));
    String id = before.string("grant_id");
    Reply after = granted(replace(scope("openid profile"), id));
    assertThat(after.string("grant_id")).isEqualTo(id);
    assertThat(after.string("scope")).isEqualTo("openid profile");
    assertThat(queried(id).scopes())
        .extracting(entry -> entry.scope().toString())
        .containsExactly("openid profile");
    assertThat(refreshed(before)).isEqualTo("400 invalid_grant");
    assertThat(server.app().userinfo(before.string("access_token")).challenge().attributes())
        .containsEntry("error", "invalid_token");
    assertThat(server.app().userinfo(after.string("access_token")).status()).isEqualTo(200);
  }

  @Test
  @Requirement({"GM-5.2-5"})
  void bringNothingBackUnaskedThatTheyWereReplacedWithout() {
    String id = granted(create(scope("openid accounts payments"))).string("grant_id");
    granted(replace(scope("openid accounts"), id));
    Browser browser = browser();
    Shown shown = browser.loggedIn(browser.start(create(scope("openid accounts payments"))));
    assertThat(shown.isConsent()).isTrue();
  }

  @Test
  @Requirement({"GM-5.2-4", "GM-5.2-5"})
  void stayAsTheyAreWhileNothingIsDecidedOrTheAnswerIsNo() {
    Reply before = granted(create(scope("openid accounts")));
    String id = before.string("grant_id");
    Grant there = grant(id);
    Browser browser = browser();
    Shown consent = browser.loggedIn(browser.start(replace(scope("openid profile"), id)));
    assertThat(grant(id)).isEqualTo(there);
    assertThat(Callback.of(browser.press(consent, "deny")).get("error")).isEqualTo("access_denied");
    allowed(merge(scope("openid payments"), id));
    assertThat(grant(id)).isEqualTo(there);
    assertThat(refreshed(before)).isEqualTo("200");
  }

  @Test
  @Requirement({"GM-5.6.1-1"})
  void areNotThereUntilTheClientFetchesItsTokens() {
    Callback callback = allowed(create(request()));
    String id =
        server
            .store()
            .findCode(new AuthorizationCode(callback.get("code")).digest(), server.now())
            .orElseThrow()
            .code()
            .grant()
            .id()
            .value();
    String token = queryToken(server.app());
    assertThat(call(server.app(), "GET", id, token).status()).isEqualTo(404);
    server.pass(Duration.ofSeconds(60));
    assertThat(server.app().token(server.app().codeRequest(callback.get("code"))).outcome())
        .isEqualTo("400 invalid_grant");
    assertThat(call(server.app(), "GET", id, token).status()).isEqualTo(404);
  }

  @Test
  @Requirement({"GM-5.6.3-1"})
  void vanishWithTheLastOfTheirTokens() {
    Params asked = create(server.other().authorizationRequest());
    Callback callback = allowed(server.other(), asked);
    Reply tokens = server.other().token(server.other().codeRequest(callback.get("code")));
    String id = tokens.string("grant_id");
    assertThat(call(server.other(), "GET", id, queryToken(server.other())).status()).isEqualTo(200);
    server.pass(Duration.ofMinutes(5));
    server.sweep();
    assertThat(call(server.other(), "GET", id, queryToken(server.other())).status()).isEqualTo(404);
  }

  @Test
  @Requirement({"GM-5.2-4", "GM-5.4-1"})
  void areNotBroughtBackByACodeThatIsRedeemedAfterTheirEnd() {
    String id = granted(create(request())).string("grant_id");
    Callback callback = allowed(merge(scope("openid payments"), id));
    call(server.app(), "DELETE", id, revokeToken(server.app()));
    assertThat(server.app().token(server.app().codeRequest(callback.get("code"))).outcome())
        .isEqualTo("400 invalid_grant");
    assertThat(server.store().findGrant(new GrantId(id), server.now())).isEmpty();
  }

  @Test
  @Requirement({"SP-5.3.2.2-9", "GM-5.2-4"})
  void endWhenTheCodeThatChangedThemIsUsedAgain() {
    String id = granted(create(request())).string("grant_id");
    Callback callback = allowed(merge(scope("openid payments"), id));
    Reply after = redeemed(callback);
    assertThat(server.app().token(server.app().codeRequest(callback.get("code"))).outcome())
        .isEqualTo("400 invalid_grant");
    assertThat(refreshed(after)).isEqualTo("400 invalid_grant");
  }

  @Test
  @Requirement({"SP-5.3.2.2-9", "ATT-05"})
  void endWhenACodeIsUsedAgainWhoseAdditionWouldNoLongerGoTogetherWithThem() {
    Params health = scope("accounts").with("authorization_details", Details.array(Details.HEALTH));
    String id = granted(create(scope("accounts"))).string("grant_id");
    Callback addition = allowed(merge(health, id));
    redeemed(addition);
    // Details that name no place would reach this one, too.
    Params elsewhere = scope("reports").and("resource", TestServer.REPORTS);
    Reply after = granted(replace(elsewhere, id));
    assertThat(refreshed(after)).isEqualTo("200");
    assertThat(server.app().token(server.app().codeRequest(addition.get("code"))).outcome())
        .isEqualTo("400 invalid_grant");
    assertThat(server.logged("rule")).contains("SP-5.3.2.2-9");
    assertThat(refreshed(after)).isEqualTo("400 invalid_grant");
    assertThat(server.store().findGrant(new GrantId(id), server.now())).isEmpty();
  }

  @Test
  @Requirement({"SP-5.3.2.2-9", "ATT-05"})
  void endWhenACodeIsUsedAgainThoughOthersAddedToThemMeanwhile() {
    Callback first = allowed(create(scope("openid accounts")));
    String id = redeemed(first).string("grant_id");
    Reply after = granted(merge(scope("openid payments"), id));
    assertThat(server.app().token(server.app().codeRequest(first.get("code"))).outcome())
        .isEqualTo("400 invalid_grant");
    assertThat(server.logged("rule")).contains("SP-5.3.2.2-9");
    assertThat(refreshed(after)).isEqualTo("400 invalid_grant");
  }

  @Test
  @Requirement({"GM-5.2-5"})
  void haveNothingAddedByAYesToWhatStoodBeforeTheyWereReplaced() {
    String id = granted(create(scope("openid accounts"))).string("grant_id");
    Callback addition = allowed(merge(scope("openid payments"), id));
    Callback other = allowed(replace(scope("openid payments"), id));
    Reply after = granted(replace(scope("openid profile"), id));
    for (Callback late : List.of(addition, other)) {
      assertThat(server.app().token(server.app().codeRequest(late.get("code"))).outcome())
          .isEqualTo("400 invalid_grant");
      assertThat(server.logged("rule")).contains("GM-5.2-5");
    }
    assertThat(grant(id).scope().toString()).isEqualTo("openid profile");
    assertThat(refreshed(after)).isEqualTo("200");
  }

  @Test
  @Requirement({"GM-5.2-5"})
  void takeAnAdditionThatWasDecidedAfterTheyWereReplaced() {
    String id = granted(create(scope("openid accounts"))).string("grant_id");
    granted(replace(scope("openid profile"), id));
    Reply after = granted(merge(scope("openid payments"), id));
    assertThat(after.string("scope").split(" "))
        .containsExactlyInAnyOrder("openid", "profile", "payments");
  }

  @Test
  @Requirement({"GM-5.2-4"})
  void keepBothAdditionsOfTwoMergesWhicheverIsRedeemedFirst() {
    String id = granted(create(scope("openid"))).string("grant_id");
    Callback one = allowed(merge(scope("accounts"), id));
    Callback two = allowed(merge(scope("payments"), id));
    redeemed(two);
    redeemed(one);
    GrantResource grant = queried(id);
    assertThat(grant.scopes().getFirst().scope().tokens())
        .containsExactlyInAnyOrder("accounts", "payments");
    assertThat(grant.scopes().getFirst().resources())
        .extracting(Object::toString)
        .containsExactly(TestServer.API);
  }
}
