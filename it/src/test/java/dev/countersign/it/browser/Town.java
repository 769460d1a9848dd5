package dev.countersign.it.browser;

import dev.countersign.demo.Demo;
import dev.countersign.demo.DoorBlockedException;
import dev.countersign.demo.ca.UnusableFolderException;
import dev.countersign.demo.scene.Person;
import dev.countersign.demo.scene.Signing;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.testkit.TestClock;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** The whole demo, as {@code ./countersign demo} starts it, with a clock that the test moves. */
final class Town implements AutoCloseable {
  private final TestClock clock = new TestClock(Instant.now());
  private final Demo demo;

  /** Starts everybody; the authority is kept in the folder. */
  Town(Path folder) {
    this(folder, Signing.AS_EVER);
  }

  /** The same, with this signed. */
  Town(Path folder, Signing signing) {
    try {
      this.demo =
          Demo.start(
              new Demo.Settings(Demo.Ports.FREE, folder.resolve("ca"), Jose.jdk(), clock, signing));
    } catch (DoorBlockedException | UnusableFolderException e) {
      throw new AssertionError(e);
    }
  }

  /** All sites of the demo that a browser goes to. */
  Web web() {
    return Web.of(demo.server(), demo.app(), demo.viewer()).withStrangers();
  }

  /** The bank's login. */
  URI server() {
    return demo.server();
  }

  /** The third party's web application. */
  URI app() {
    return demo.app();
  }

  /** The flow viewer. */
  URI viewer() {
    return demo.viewer();
  }

  /** The first person who can log in. */
  Person anna() {
    return demo.people().getFirst();
  }

  /** Time passes. */
  void pass(Duration duration) {
    clock.advance(duration);
  }

  /** From the start page through the login at the bank to the consent page. */
  void toConsent(Visitor visitor) {
    visitor.open(app()).click(DemoTest.CONNECT).isAt(server());
    visitor
        .type(BrowserTest.USERNAME, anna().username())
        .type(BrowserTest.PASSWORD, anna().password())
        .click(BrowserTest.LOG_IN)
        .sees(BrowserTest.ALLOW);
  }

  /** The whole way to the accounts. */
  void connect(Visitor visitor) {
    toConsent(visitor);
    visitor.click(BrowserTest.ALLOW).isAt(app().resolve("/accounts"));
  }

  @Override
  public void close() {
    demo.close();
  }
}
