package dev.countersign.server.grants;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.oauth.Scope;
import dev.countersign.requirement.Requirement;
import dev.countersign.server.kit.Browser;
import dev.countersign.server.kit.Callback;
import dev.countersign.server.kit.Params;
import dev.countersign.server.kit.People;
import dev.countersign.server.kit.Reply;
import dev.countersign.server.kit.Shown;
import dev.countersign.server.kit.TestServer;
import dev.countersign.store.Codes.RedeemOutcome;
import dev.countersign.store.GrantChange;
import dev.countersign.store.Store;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A change of a grant that others overtake, between the look at the grant and the redemption. */
class OvertakenChangeTest {
  private final AtomicInteger overtaken = new AtomicInteger();

  /** The same store, but so many changes come too late as {@link #overtaken} says. */
  private Store overtaking(Store store) {
    return (Store)
        Proxy.newProxyInstance(
            Store.class.getClassLoader(),
            new Class<?>[] {Store.class},
            (proxy, method, arguments) -> {
              boolean change =
                  method.getName().equals("redeemCode")
                      && Stream.of(arguments)
                          .anyMatch(
                              one ->
                                  one instanceof Optional<?> some
                                      && some.filter(GrantChange.class::isInstance).isPresent());
              if (change && overtaken.getAndDecrement() > 0) {
                return new RedeemOutcome.GrantMoved();
              }
              try {
                return method.invoke(store, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private TestServer server(Path folder) {
    return new TestServer(
        folder, yaml -> "grant_management: {enabled: true}\n" + People.in(yaml), this::overtaking);
  }

  private static String allowed(TestServer server, Params request) {
    Browser browser = new Browser(server);
    Shown consent = browser.loggedIn(browser.start(request));
    return Callback.of(browser.press(consent, "allow")).get("code");
  }

  private static Reply redeemed(TestServer server, String code) {
    return server.app().token(server.app().codeRequest(code));
  }

  /** The code of a request that adds something to a grant. */
  private static String addition(TestServer server) {
    Params request = server.app().authorizationRequest();
    String first = allowed(server, request.and("grant_management_action", "create"));
    String grant = redeemed(server, first).string("grant_id");
    return allowed(
        server,
        request
            .with("scope", "payments")
            .and("grant_management_action", "merge")
            .and("grant_id", grant));
  }

  @Test
  @Requirement({"GM-5.2-4"})
  void looksAgainAndIsMade(@TempDir Path folder) {
    try (TestServer server = server(folder)) {
      String code = addition(server);
      overtaken.set(7);
      Reply reply = redeemed(server, code);
      assertThat(reply.outcome()).isEqualTo("200");
      assertThat(Scope.parse(reply.string("scope")).tokens()).contains("payments", "accounts");
    }
  }

  @Test
  @Requirement({"GM-5.2-4"})
  void asksTheClientToSendItAgainIfItIsAlwaysTooLate(@TempDir Path folder) {
    try (TestServer server = server(folder)) {
      String code = addition(server);
      overtaken.set(8);
      assertThat(redeemed(server, code).outcome()).isEqualTo("503 temporarily_unavailable");
      assertThat(redeemed(server, code).outcome()).isEqualTo("200");
    }
  }
}
