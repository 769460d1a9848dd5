package dev.countersign.server.interaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.oauth.GrantId;
import dev.countersign.protocol.oauth.RefreshToken;
import dev.countersign.protocol.oauth.SecretDigest;
import dev.countersign.requirement.Requirement;
import dev.countersign.server.kit.Browser;
import dev.countersign.server.kit.Callback;
import dev.countersign.server.kit.Params;
import dev.countersign.server.kit.People;
import dev.countersign.server.kit.Reply;
import dev.countersign.server.kit.Shown;
import dev.countersign.server.kit.TestServer;
import dev.countersign.store.Grant;
import dev.countersign.store.Store;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
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

  /** The same store, but the grant is revoked just before a code is issued without asking. */
  private static Store revoking(Store store, AtomicReference<Optional<GrantId>> grant) {
    return (Store)
        Proxy.newProxyInstance(
            Store.class.getClassLoader(),
            new Class<?>[] {Store.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("issueCodeUnasked")) {
                Instant now = (Instant) arguments[arguments.length - 1];
                grant.get().ifPresent(id -> store.revokeGrant(id, Set.of(), now));
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

  /** A consent that is revoked between the look at it and the code; what comes then. */
  private static Reply revokedMeanwhile(Path folder, UnaryOperator<Params> request) {
    AtomicReference<Optional<GrantId>> revoked = new AtomicReference<>(Optional.empty());
    try (TestServer server =
        new TestServer(folder, People::in, store -> revoking(store, revoked))) {
      Browser browser = new Browser(server);
      String code = Callback.of(browser.press(browser.startLoggedIn(), "allow")).get("code");
      Reply tokens = server.app().token(server.app().codeRequest(code));
      RefreshToken token = new RefreshToken(tokens.string("refresh_token"));
      revoked.set(server.store().findByRefreshToken(token.digest(), server.now()).map(Grant::id));
      Shown again = browser.start(request.apply(server.app().authorizationRequest()));
      assertThat(again.reply().header("Location")).contains(again.url().toString());
      return browser.get(again.url());
    }
  }

  @Test
  void thePersonIsAskedWhoseConsentIsRevokedAMomentBefore(@TempDir Path folder) {
    Reply asked = revokedMeanwhile(folder, request -> request);
    assertThat(new Shown(TestServer.ISSUER.uri(), asked).isConsent()).isTrue();
  }

  @Test
  @Requirement({"OA-14"})
  void theClientIsToldIfNoPageMayBeShown(@TempDir Path folder) {
    Reply told = revokedMeanwhile(folder, request -> request.with("prompt", "none"));
    assertThat(Callback.of(told).get("error")).isEqualTo("consent_required");
  }
}
