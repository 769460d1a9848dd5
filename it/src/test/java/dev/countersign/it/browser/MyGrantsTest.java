package dev.countersign.it.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.LoadState;
import dev.countersign.client.ClientException;
import dev.countersign.client.FlowRequest;
import dev.countersign.protocol.authorization.Prompt;
import dev.countersign.requirement.Requirement;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A person sees whom they allowed what, and ends it. */
class MyGrantsTest extends BrowserTest {
  private static final String END = ".access a.button >> nth=0";
  private static final String END_IT = "button[value=end]";
  private static final String KEEP = "button[value=keep]";
  private static final String NOTICE = "[role=status]";

  /** From the app to the end of a flow in which the person allows what it asks for. */
  private void allow(Visitor visitor, String scope) {
    scene.budget().asksFor(FlowRequest.of(scope).withPrompt(Set.of(Prompt.CONSENT)));
    connect(visitor, scene);
    if (visitor.find(PASSWORD).count() > 0) {
      logIn(visitor, Scene.PASSWORD);
    }
    visitor.sees(ALLOW).click(ALLOW);
    toldBy(visitor, "connected");
  }

  @Test
  @Requirement("SP-6.8-4")
  void endsWhatAClientMayDoAtOnce() throws ClientException {
    allow(anna, "openid profile accounts");
    scene.budget().refresh();
    Visitor elsewhere = visitors.visitor(scene.web());
    elsewhere.open(scene.myGrants());
    logIn(elsewhere, Scene.PASSWORD);
    elsewhere.reads("Who has access").reads("Budget").reads("See your accounts");
    elsewhere.click(END).reads("End access for Budget?").click(END_IT);
    elsewhere.sees(NOTICE).reads("Budget no longer has this access");
    assertThatThrownBy(() -> scene.budget().refresh()).hasMessageContaining("invalid_grant");
    elsewhere.open(scene.myGrants()).reads("No application has access");
    connect(anna, scene);
    anna.sees(ALLOW);
  }

  @Test
  void keepsItAndEndsNothingByGoingBackAndForth() throws ClientException {
    allow(anna, "openid accounts");
    anna.open(scene.myGrants()).click(END).sees(END_IT);
    anna.click(KEEP).sees(END);
    anna.page().goBack();
    anna.sees(END_IT);
    anna.page().reload();
    anna.sees(END_IT);
    anna.page().goBack();
    anna.sees(END);
    scene.budget().refresh();
  }

  @Test
  void saysThatItHasEndedToWhomeverPressesTwice() {
    allow(anna, "openid accounts");
    anna.open(scene.myGrants()).click(END).sees(END_IT);
    Page asked = anna.page();
    anna.newTab();
    anna.open(scene.myGrants())
        .click(END)
        .click(END_IT)
        .sees(NOTICE)
        .reads("no longer has this access");
    anna.switchTo(asked);
    anna.click(END_IT).sees(NOTICE).reads("this access is not there any more");
  }

  @Test
  void isFoundFromTheConsentPageAndFromTheLogoutPage() {
    toConsent(anna, scene);
    anna.click("a[href$='/my-grants']").reads("No application has access");
    anna.page().goBack();
    anna.sees(ALLOW).click(ALLOW);
    toldBy(anna, "connected");
    anna.open(scene.logout()).click(LOG_OUT).reads("You are logged out");
    anna.click("a[href$='/my-grants']").sees(PASSWORD);
    logIn(anna, Scene.PASSWORD);
    anna.sees(END);
  }

  @Test
  void isUsedWithTheKeyboardAlone() {
    allow(anna, "openid accounts");
    anna.open(scene.myGrants());
    anna.page().keyboard().press("Tab");
    assertThat(anna.page().evaluate("() => document.activeElement.textContent"))
        .isEqualTo("End access");
    anna.page().keyboard().press("Enter");
    anna.sees(END_IT);
    anna.page().keyboard().press("Tab");
    anna.page().keyboard().press("Enter");
    anna.sees(NOTICE).reads("no longer has this access");
  }

  @ParameterizedTest
  @CsvSource({
    "LIGHT_DESKTOP, en-GB",
    "DARK_DESKTOP, en-GB",
    "LIGHT_PHONE, en-GB",
    "DARK_PHONE, de-DE",
    "LIGHT_PHONE, de-DE"
  })
  void looksRight(Look look, String language) {
    Visitor visitor = visitors.visitor(scene.web(), look, language);
    String tag = language.substring(0, 2);
    visitor.open(scene.myGrants()).looksRight("as-my-grants-login-" + tag);
    logIn(visitor, "wrong");
    visitor.sees(ALARM).looksRight("as-my-grants-login-wrong-" + tag);
    logIn(visitor, Scene.PASSWORD);
    visitor.sees("main.my-grants").looksRight("as-my-grants-none-" + tag);
    for (String scope : new String[] {"openid", "openid accounts", "openid profile accounts"}) {
      allow(visitor, scope);
      scene.pass(Duration.ofSeconds(1));
    }
    allow(visitor, "openid profile");
    allow(visitor, "openid accounts");
    visitor.open(scene.myGrants()).looksRight("as-my-grants-" + tag);
    visitor.click("summary").looksRight("as-my-grants-unfolded-" + tag);
    visitor.click(END).sees(END_IT).looksRight("as-my-grants-end-" + tag);
    visitor.click(END_IT);
    visitor.page().waitForLoadState(LoadState.LOAD);
    visitor.sees(NOTICE).looksRight("as-my-grants-ended-" + tag);
    assertThat(visitor.find("html").getAttribute("lang")).isEqualTo(tag);
  }

  @ParameterizedTest
  @CsvSource({"LIGHT_DESKTOP, en-GB", "DARK_PHONE, de-DE"})
  void tellsDetailsInTheWordsOfTheirTypes(Look look, String language) {
    Visitor visitor = visitors.visitor(scene.web(), look, language);
    PlainClient budget = scene.byHand();
    for (Details details :
        List.of(Details.ACCOUNTS, Details.PAYMENT, Details.HEALTH, Details.SIGNING)) {
      visitor.open(budget.pushed(details.asked(), Optional.empty()));
      if (visitor.find(PASSWORD).count() > 0) {
        logIn(visitor, Scene.PASSWORD);
      }
      visitor.sees(ALLOW);
      if (visitor.find(".pick").count() > 0) {
        visitor.click(".pick >> nth=1");
      }
      visitor.click(ALLOW).isAt(scene.front());
      budget.redeemed(URI.create(visitor.page().url()));
      scene.pass(Duration.ofSeconds(1));
    }
    visitor.open(scene.myGrants()).click("summary");
    visitor.reads("Stadtwerke Überlingen").reads("DE02 5001 0517 0137 0750 30");
    String tag = language.substring(0, 2);
    visitor.looksRight("as-my-grants-details-" + tag);
    visitor.click(END).looksRight("as-my-grants-details-end-" + tag);
  }

  @Test
  void saysOfAClientThatRegisteredItselfThatItDid(@TempDir Path folder) {
    try (Scene itself = Scene.ofClientThatRegistersItself(folder, "Sunny Budget")) {
      Visitor visitor = visitors.visitor(itself.web());
      toConsent(visitor, itself);
      visitor.click(ALLOW).isAt(itself.front()).reads("connected");
      visitor.open(itself.myGrants()).sees(".unchecked").reads("goes to 127.0.0.1");
      visitor.looksRight("as-my-grants-registered-itself");
    }
  }
}
