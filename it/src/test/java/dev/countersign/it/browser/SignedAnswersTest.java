package dev.countersign.it.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.authorization.AuthorizationResponse;
import dev.countersign.protocol.authorization.ResponseMode;
import dev.countersign.protocol.http.Form;
import dev.countersign.requirement.Requirement;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a browser brings signed answers back: its policies are those of the pages it comes from. */
@ExtendWith(Browsing.class)
@Requirement({"JARM-3", "JARM-4"})
class SignedAnswersTest {
  static final String SEND = "main form button";

  private Scene scene;
  private PlainClient budget;

  @BeforeEach
  void start(@TempDir Path folder) {
    scene = new Scene(folder);
    budget = scene.byHand();
  }

  @AfterEach
  void stop() {
    scene.close();
  }

  /** Opens a request and logs in: the consent page. */
  private void toConsent(Visitor visitor, ResponseMode mode) {
    visitor.open(budget.pushed(mode));
    BrowserTest.logIn(visitor, Scene.PASSWORD);
    visitor.sees(BrowserTest.ALLOW);
  }

  private void isAllowed(Form answer) {
    assertThat(budget.verified(answer)).isInstanceOf(AuthorizationResponse.Success.class);
  }

  private void isDenied(Form answer) {
    assertThat(budget.verified(answer))
        .isInstanceOfSatisfying(
            AuthorizationResponse.Failure.class,
            failure -> assertThat(failure.error()).isEqualTo("access_denied"));
  }

  @Test
  void postThemselvesAndTheAppSendsOnToAnotherHost(Visitors visitors) {
    Visitor anna = visitors.visitor(scene.web());
    toConsent(anna, ResponseMode.FORM_POST_JWT);
    anna.click(BrowserTest.ALLOW).isAt(Front.onward(scene.front())).reads("posted");
    isAllowed(scene.frontPage().posted());
  }

  @Test
  void postErrorsFromTheLoginPageToo(Visitors visitors) {
    Visitor anna = visitors.visitor(scene.web());
    anna.open(budget.pushed(ResponseMode.FORM_POST_JWT)).click(BrowserTest.CANCEL);
    anna.isAt(Front.onward(scene.front())).reads("posted");
    isDenied(scene.frontPage().posted());
  }

  @Test
  void postThemselvesWithoutAnythingToSeeForOneWhoAllowedItBefore(Visitors visitors) {
    Visitor anna = visitors.visitor(scene.web());
    toConsent(anna, ResponseMode.FORM_POST_JWT);
    anna.click(BrowserTest.ALLOW).isAt(Front.onward(scene.front()));
    String first = scene.frontPage().posted().required("response");
    anna.open(budget.pushed(ResponseMode.FORM_POST_JWT)).isAt(Front.onward(scene.front()));
    isAllowed(scene.frontPage().posted());
    assertThat(scene.frontPage().posted().required("response")).isNotEqualTo(first);
  }

  @Test
  void comeInTheFragmentForTheAppsScriptAlone(Visitors visitors) {
    Visitor anna = visitors.visitor(scene.web());
    toConsent(anna, ResponseMode.FRAGMENT_JWT);
    anna.click(BrowserTest.ALLOW).isAt(scene.front()).reads("nothing");
    isAllowed(fragment(anna));
    anna.open(budget.pushed(ResponseMode.FRAGMENT_JWT)).isAt(scene.front());
    isAllowed(fragment(anna));
  }

  @Test
  void bringErrorsInTheFragmentFromTheLoginPage(Visitors visitors) {
    Visitor anna = visitors.visitor(scene.web());
    anna.open(budget.pushed(ResponseMode.FRAGMENT_JWT)).click(BrowserTest.CANCEL);
    anna.isAt(scene.front());
    isDenied(fragment(anna));
  }

  private static Form fragment(Visitor visitor) {
    String hash = (String) visitor.page().evaluate("() => location.hash");
    return Form.parseQuery(hash.substring(1));
  }

  @Test
  void areSentByAButtonWhereNoScriptRuns(Visitors visitors) {
    Visitor anna = visitors.visitorWithoutScript(scene.web());
    toConsent(anna, ResponseMode.FORM_POST_JWT);
    anna.click(BrowserTest.ALLOW).sees(SEND).reads("Back to Budget");
    anna.click(SEND).isAt(Front.onward(scene.front())).reads("posted");
    isAllowed(scene.frontPage().posted());
  }

  /** An app that is slow to answer, so that there is time to look at the page. */
  @ParameterizedTest
  @CsvSource({
    "LIGHT_DESKTOP, en-GB, Continue",
    "DARK_DESKTOP, de-DE, Weiter",
    "LIGHT_PHONE, de-DE, Weiter",
    "DARK_PHONE, en-GB, Continue"
  })
  void areOnAPageForEverybodyUntilTheAppAnswers(
      Look look, String language, String button, Visitors visitors) {
    Visitor anna = visitors.visitor(scene.web(), look, language);
    toConsent(anna, ResponseMode.FORM_POST_JWT);
    anna.clickUnanswered(BrowserTest.ALLOW, scene.front()).sees(SEND);
    anna.looksRight("as-return-" + language.substring(0, 2));
    assertThat(anna.find(SEND).innerText()).isEqualTo(button);
    assertThat(anna.find("html").getAttribute("lang")).isEqualTo(language.substring(0, 2));
    anna.click(SEND).isAt(Front.onward(scene.front())).reads("posted");
    isAllowed(scene.frontPage().posted());
  }
}
