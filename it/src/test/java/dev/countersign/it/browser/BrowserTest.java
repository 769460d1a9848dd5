package dev.countersign.it.browser;

import com.microsoft.playwright.options.LoadState;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A test of the authorization server's own pages: a scene, and somebody at a browser. */
@ExtendWith(Browsing.class)
abstract class BrowserTest {
  static final String USERNAME = "input[name=username]";
  static final String PASSWORD = "input[name=password]";
  static final String LOG_IN = "button[value=login]";
  static final String CANCEL = "button[value=cancel]";
  static final String ALLOW = "button[value=allow]";
  static final String DENY = "button[value=deny]";
  static final String LOG_OUT = "button[value=logout]";
  static final String ALARM = "[role=alert]";

  Scene scene;
  Visitors visitors;
  Visitor anna;

  @BeforeEach
  void enter(@TempDir Path folder, Visitors all) {
    scene = new Scene(folder);
    visitors = all;
    anna = all.visitor(scene.web());
  }

  @AfterEach
  void leave() {
    scene.close();
  }

  /** From the app to the login page, or wherever the server leads. */
  static void connect(Visitor visitor, Scene scene) {
    visitor.open(scene.app()).click("#connect").isAt(scene.issuer());
  }

  /** Types name and password, and logs in. */
  static void logIn(Visitor visitor, String password) {
    visitor.type(USERNAME, Scene.USERNAME).type(PASSWORD, password).click(LOG_IN);
    visitor.page().waitForLoadState(LoadState.LOAD);
  }

  /** From the app through the login to the consent page. */
  static void toConsent(Visitor visitor, Scene scene) {
    connect(visitor, scene);
    logIn(visitor, Scene.PASSWORD);
    visitor.sees(ALLOW);
  }

  /** Waits until the app tells that this came of the flow. */
  void toldBy(Visitor visitor, String outcome) {
    visitor.isAt(scene.front()).reads(outcome);
  }
}
