package dev.countersign.it.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.authorization.ResponseMode;
import org.junit.jupiter.api.Test;

/** Without a mouse: everything can be reached, and where one is can be seen. */
class KeyboardTest extends BrowserTest {
  private static final int MOST_STOPS = 12;

  @Test
  void leadsThroughLoginAndConsent() {
    anna.open(scene.app());
    goTo("#connect");
    press("Enter");
    anna.sees(PASSWORD);
    goTo(USERNAME);
    anna.page().keyboard().type(Scene.USERNAME);
    goTo(PASSWORD);
    anna.page().keyboard().type(Scene.PASSWORD);
    press("Enter");
    anna.sees(ALLOW);
    goTo(ALLOW);
    press("Enter");
    toldBy(anna, "connected");
  }

  @Test
  void leadsToTheCancelButtonsToo() {
    connect(anna, scene);
    goTo(CANCEL);
    press("Space");
    toldBy(anna, "access_denied");
    toConsent(anna, scene);
    goTo(DENY);
    press("Space");
    toldBy(anna, "access_denied");
  }

  /** The app is slow to answer, so that there is time to press it. */
  @Test
  void leadsToTheButtonThatSendsASignedAnswerToo() {
    anna.open(scene.byHand().pushed(ResponseMode.FORM_POST_JWT));
    logIn(anna, Scene.PASSWORD);
    anna.sees(ALLOW).clickUnanswered(ALLOW, scene.front()).sees(SignedAnswersTest.SEND);
    goTo(SignedAnswersTest.SEND);
    press("Enter");
    anna.isAt(Front.onward(scene.front())).reads("posted");
  }

  private void press(String key) {
    anna.page().keyboard().press(key);
  }

  /** Goes on from stop to stop until there; then the focus can be seen. */
  private void goTo(String selector) {
    for (int i = 0; i < MOST_STOPS && !isAt(selector); i++) {
      press("Tab");
    }
    assertThat(isAt(selector)).as("%s can be reached by keyboard", selector).isTrue();
    assertThat(anna.page().evaluate(OUTLINE)).as("the focus on %s shows", selector).isEqualTo(true);
  }

  private boolean isAt(String selector) {
    return anna.find(selector).and(anna.find(":focus")).count() == 1;
  }

  private static final String OUTLINE =
      """
      () => {
        const style = getComputedStyle(document.activeElement);
        return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1;
      }
      """;
}
