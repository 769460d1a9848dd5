package dev.countersign.it.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.grants.GrantManagement;
import dev.countersign.protocol.oauth.GrantId;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.protocol.rar.AuthorizationDetails;
import dev.countersign.requirement.Requirement;
import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The consent page for details of each type that comes with the product. */
@ExtendWith(Browsing.class)
@Requirement({"RAR-3.1-1"})
class DetailsConsentTest {
  private static final String FIRST = "#pick-0-0";
  private static final String SECOND = "#pick-0-1";

  private Scene scene;

  @BeforeEach
  void start(@TempDir Path folder) {
    scene = new Scene(folder);
  }

  @AfterEach
  void stop() {
    scene.close();
  }

  private void open(Visitor visitor, Details details) {
    visitor.open(scene.byHand().pushed(details.asked(), Optional.empty()));
    if (visitor.find(BrowserTest.PASSWORD).count() > 0) {
      BrowserTest.logIn(visitor, Scene.PASSWORD);
    }
    visitor.sees(BrowserTest.ALLOW);
  }

  @ParameterizedTest
  @CsvSource({
    "LIGHT_DESKTOP, en-GB",
    "DARK_DESKTOP, de-DE",
    "DARK_PHONE, en-GB",
    "LIGHT_PHONE, de-DE"
  })
  void everyTypeIsAccessibleAndFitsTheScreen(Look look, String language, Visitors visitors) {
    Visitor visitor = visitors.visitor(scene.web(), look, language);
    for (Details details : Details.values()) {
      open(visitor, details);
      visitor.looksRight(
          "details-" + details.name().toLowerCase(Locale.ROOT) + "-" + language.substring(0, 2));
    }
  }

  @ParameterizedTest
  @CsvSource({"LIGHT_DESKTOP, en-GB, Please choose", "DARK_PHONE, de-DE, Bitte wählen"})
  @Requirement({"RAR-7.1-1"})
  void whoChoosesNothingIsAskedAgainAndStandsWhereToChoose(
      Look look, String language, String says, Visitors visitors) {
    Visitor visitor = visitors.visitor(scene.web(), look, language);
    open(visitor, Details.ACCOUNTS);
    visitor.click(BrowserTest.ALLOW).sees(BrowserTest.ALARM);
    assertThat(visitor.find(BrowserTest.ALARM).innerText()).contains(says);
    assertThat(visitor.page().title()).startsWith("Problem:");
    assertThat(visitor.find(FIRST).and(visitor.find(":focus")).count()).isEqualTo(1);
    visitor.looksRight("details-accounts-unchosen-" + language.substring(0, 2));
    visitor.page().keyboard().press("Space");
    visitor.click(BrowserTest.ALLOW).isAt(scene.front());
    assertThat(visitor.page().url()).contains("code=");
  }

  @Test
  void whatWasPickedStaysWhenSomethingElseIsMissing(Visitors visitors) {
    Visitor visitor = visitors.visitor(scene.web());
    AuthorizationDetails both =
        AuthorizationDetails.of(
            Details.ACCOUNTS.asked().list().getFirst(), Details.PAYMENT.asked().list().getFirst());
    visitor.open(scene.byHand().pushed(both, Optional.empty()));
    BrowserTest.logIn(visitor, Scene.PASSWORD);
    visitor.sees(BrowserTest.ALLOW).click("label[for=pick-0-1]").click(BrowserTest.ALLOW);
    visitor.sees(BrowserTest.ALARM);
    assertThat(visitor.find(SECOND).isChecked()).isTrue();
    assertThat(visitor.find(FIRST).isChecked()).isFalse();
    assertThat(visitor.find("#pick-1-0").and(visitor.find(":focus")).count()).isEqualTo(1);
    visitor.looksRight("details-two-one-unchosen");
  }

  @Test
  void aNoNeedsNoChoice(Visitors visitors) {
    Visitor visitor = visitors.visitor(scene.web());
    open(visitor, Details.PAYMENT);
    visitor.click(BrowserTest.DENY).isAt(scene.front());
    assertThat(visitor.page().url()).contains("error=access_denied");
  }

  @Test
  @Requirement({"RAR-12-3"})
  void whatAClientSendsIsTextAndNeverMarkup(Visitors visitors) {
    Visitor visitor = visitors.visitor(scene.web());
    open(visitor, Details.HOSTILE);
    assertThat(visitor.find("script, main img, main form form").count()).isZero();
    assertThat(visitor.find("form").count()).isEqualTo(1);
    visitor
        .reads("</bdi></dd><script>alert(1)</script><img src=x onerror=alert(2)>\uFFFDgnp.")
        .reads("\"><form action='https://evil.example'>\uFFFD\uFFFD\uFFFD${7*7}")
        .reads("999,999,999,999.1234 XYZ");
  }

  @ParameterizedTest
  @CsvSource({
    "LIGHT_DESKTOP, en-GB, new, may do already, See your accounts, no longer, once more",
    "DARK_PHONE, de-DE, neu, schon darf, Ihre Konten sehen, Das endet, noch einmal"
  })
  void aChangeOfAGrantSaysWhatIsNewWhatStaysAndWhatEnds(
      Look look,
      String language,
      String isNew,
      String stays,
      String scope,
      String ends,
      String again,
      Visitors visitors) {
    Visitor visitor = visitors.visitor(scene.web(), look, language);
    PlainClient budget = scene.byHand();
    visitor.open(
        budget.pushed(
            Scope.of("openid", "accounts"),
            Details.SIGNING.asked(),
            Optional.of(GrantManagement.create())));
    BrowserTest.logIn(visitor, Scene.PASSWORD);
    visitor.sees(BrowserTest.ALLOW).click(BrowserTest.ALLOW).isAt(scene.front());
    GrantId grant = budget.grantOf(URI.create(visitor.page().url()));

    visitor.open(budget.pushed(Details.HEALTH.asked(), Optional.of(GrantManagement.merge(grant))));
    visitor.sees(BrowserTest.ALLOW);
    assertThat(visitor.find(".detail .before").innerText()).isEqualTo(isNew);
    assertThat(visitor.find(".existing h2").innerText()).contains(stays);
    assertThat(visitor.find(".existing").innerText()).contains("Rental agreement", scope);
    visitor.looksRight("details-merge-" + language.substring(0, 2));

    visitor.open(
        budget.pushed(Details.HEALTH.asked(), Optional.of(GrantManagement.replace(grant))));
    visitor.sees(BrowserTest.ALLOW);
    assertThat(visitor.find(".existing h2").innerText()).contains(ends);
    assertThat(visitor.find(".existing").innerText()).contains("Rental agreement", scope);
    visitor.looksRight("details-replace-" + language.substring(0, 2));

    visitor.open(
        budget.pushed(
            Scope.of("openid"),
            Details.SIGNING.asked(),
            Optional.of(GrantManagement.replace(grant))));
    visitor.sees(BrowserTest.ALLOW);
    assertThat(visitor.find(".detail .before").innerText()).isEqualTo(again);
    assertThat(visitor.find(".existing").innerText())
        .contains(scope)
        .doesNotContain("Rental agreement");
    visitor.looksRight("details-again-" + language.substring(0, 2));
  }
}
