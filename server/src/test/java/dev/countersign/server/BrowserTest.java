package dev.countersign.server;

import dev.countersign.server.kit.Browser;
import dev.countersign.server.kit.Params;
import dev.countersign.server.kit.People;
import org.junit.jupiter.api.BeforeEach;

/** One server for all tests of a class, with people who have passwords. */
public abstract class BrowserTest extends EndpointTest {

  @Override
  protected String configuration(String yaml) {
    return People.in(yaml);
  }

  /** What people allowed in one test is no longer remembered in the next. */
  @BeforeEach
  void longAfterTheTestBefore() {
    server.pass(server.config().lifetimes().consent());
  }

  /** A browser that was never here. */
  protected Browser browser() {
    return new Browser(server);
  }

  /** A good authorization request of the app. */
  protected Params request() {
    return server.app().authorizationRequest();
  }

  /** A good request of the app, pushed. */
  protected String pushed() {
    return pushed(request());
  }

  /** A request of the app, pushed. */
  protected String pushed(Params request) {
    return server.app().push(request).string("request_uri");
  }
}
