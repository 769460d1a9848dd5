package dev.countersign.server.interaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.oauth.SecretDigest;
import dev.countersign.requirement.Requirement;
import dev.countersign.server.kit.Browser;
import dev.countersign.server.kit.People;
import dev.countersign.server.kit.Reply;
import dev.countersign.server.kit.Shown;
import dev.countersign.server.kit.TestServer;
import dev.countersign.store.Store;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A decision that another overtakes, between the look at the interaction and its end. */
class OvertakenTest {

  /** The same store, but somebody else always decides a moment earlier. */
  private static Store overtaking(Store store) {
    return (Store)
        Proxy.newProxyInstance(
            Store.class.getClassLoader(),
            new Class<?>[] {Store.class},
            (proxy, method, arguments) -> {
              if (Set.of("issueCode", "refuse").contains(method.getName())) {
                SecretDigest interaction = (SecretDigest) arguments[0];
                Instant now = (Instant) arguments[arguments.length - 1];
                store.refuse(interaction, now);
              }
              return call(store, method, arguments);
            });
  }

  private static Object call(Store store, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(store, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"allow", "deny"})
  @Requirement({"SP-5.3.2.2-N3", "A3-03"})
  void getsAPageAndNoCode(String choice, @TempDir Path folder) {
    try (TestServer server = new TestServer(folder, People::in, OvertakenTest::overtaking)) {
      Browser browser = new Browser(server);
      Shown consent = browser.startLoggedIn();
      Reply decided = browser.press(consent, choice);
      assertThat(new Shown(consent.action(), decided).isError(400)).isTrue();
      assertThat(server.logged("rule")).contains("SP-5.3.2.2-N3");
    }
  }
}
