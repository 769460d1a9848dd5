package dev.countersign.it.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Logging in, by mouse and with what people do to pages. */
class LoginTest extends BrowserTest {

  @Test
  void connectsTheAppAfterLoginAndConsent() {
    connect(anna, scene);
    anna.reads("Budget");
    logIn(anna, Scene.PASSWORD);
    anna.reads("See your accounts").reads("Know your name").click(ALLOW);
    toldBy(anna, "connected");
    assertThat(scene.budget().tokens().idToken().orElseThrow().sub().value()).isEqualTo("u-anna");
  }

  @Test
  void saysThatAPasswordIsWrongAndKeepsTheName() {
    connect(anna, scene);
    logIn(anna, "wrong");
    anna.sees(ALARM);
    assertThat(anna.find(USERNAME).inputValue()).isEqualTo(Scene.USERNAME);
    assertThat(anna.find(PASSWORD).inputValue()).isEmpty();
    logIn(anna, Scene.PASSWORD);
    anna.sees(ALLOW);
  }

  @Test
  void showsTheLoginPageAgainWhenItIsReloaded() {
    connect(anna, scene);
    anna.sees(PASSWORD).page().reload();
    logIn(anna, "wrong");
    anna.sees(ALARM);
    toldByReloadAfterAWrongPassword();
  }

  /** Reloading what a form brought posts the form again, as the person confirms. */
  private void toldByReloadAfterAWrongPassword() {
    anna.page().reload();
    anna.sees(ALARM);
    logIn(anna, Scene.PASSWORD);
    anna.sees(ALLOW);
  }

  @Test
  void tellsThatAnInteractionIsOverWhoseTimeIsUp() {
    connect(anna, scene);
    anna.sees(PASSWORD);
    scene.pass(Duration.ofMinutes(15));
    logIn(anna, Scene.PASSWORD);
    isOver();
    anna.page().goBack();
    anna.page().reload();
    isOver();
  }

  private void isOver() {
    anna.isAt(scene.issuer()).sees(ALARM);
    assertThat(anna.find(PASSWORD).count()).isZero();
    assertThat(anna.find(ALLOW).count()).isZero();
  }

  @Test
  void asksAPersonWhoIsLoggedInForConsentOnly() {
    toConsent(anna, scene);
    anna.click(DENY);
    toldBy(anna, "access_denied");
    connect(anna, scene);
    anna.sees(ALLOW);
  }
}
