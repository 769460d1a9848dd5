package dev.countersign.it.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Guessing is slowed down, and whoever waits gets in. */
class ThrottleTest extends BrowserTest {
  private static final int FAILURES = 5;

  @Test
  void askedToWaitAfterManyWrongPasswordsThePersonLogsInLater() {
    connect(anna, scene);
    for (int i = 0; i < FAILURES; i++) {
      logIn(anna, "wrong");
      anna.reads("Username or password is wrong");
    }
    logIn(anna, Scene.PASSWORD);
    anna.reads("wait one minute");
    assertThat(anna.find(USERNAME).inputValue()).isEqualTo(Scene.USERNAME);
    scene.pass(Duration.ofMinutes(1));
    logIn(anna, Scene.PASSWORD);
    anna.sees(ALLOW);
  }
}
