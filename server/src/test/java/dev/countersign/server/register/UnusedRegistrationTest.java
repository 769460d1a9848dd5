package dev.countersign.server.register;

import static dev.countersign.server.register.RegisteredPeer.id;
import static dev.countersign.server.register.RegisteredPeer.json;
import static dev.countersign.server.register.RegisteredPeer.manage;
import static dev.countersign.server.register.RegisteredPeer.metadata;
import static dev.countersign.server.register.RegisteredPeer.pushed;
import static dev.countersign.server.register.RegisteredPeer.register;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.oauth.SecretDigest;
import dev.countersign.requirement.Requirement;
import dev.countersign.server.kit.Reply;
import dev.countersign.server.kit.TestClient;
import dev.countersign.server.kit.TestServer;
import dev.countersign.store.Store;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Registrations whose clients never come. */
class UnusedRegistrationTest {
  private static final Duration TIME = Duration.ofDays(7);
  private static final String UNUSED_FOR = "unused_for: 7d";

  @TempDir private Path folder;

  @Test
  @Requirement({"DC-6", "SP-6.8-4"})
  void endsByItselfAndMakesRoom() {
    try (TestServer server = RegisteredPeer.server(folder, UNUSED_FOR, "max_clients: 1")) {
      TestClient party = server.stranger();
      Reply registered = register(server, metadata(party));

      server.pass(TIME.minusSeconds(1));
      server.sweep();
      assertThat(manage(server, "GET", registered, "").status()).isEqualTo(200);
      assertThat(register(server, metadata(server.stranger())).outcome())
          .isEqualTo("403 access_denied");

      server.pass(Duration.ofSeconds(1));
      server.sweep();
      assertThat(manage(server, "GET", registered, "").outcome()).isEqualTo("401 invalid_token");
      assertThat(pushed(server, registered, party)).isEqualTo("401 invalid_client");
      assertThat(register(server, metadata(server.stranger())).status()).isEqualTo(201);
    }
  }

  @Test
  @Requirement("DC-1")
  void staysForEverOnceItsClientHasAuthenticated() {
    try (TestServer server = RegisteredPeer.server(folder, UNUSED_FOR)) {
      TestClient party = server.stranger();
      Reply registered = register(server, metadata(party));
      server.pass(TIME.minusSeconds(1));
      assertThat(pushed(server, registered, party)).isEqualTo("201");

      server.pass(Duration.ofDays(1000));
      server.sweep();

      assertThat(pushed(server, registered, party)).isEqualTo("201");
    }
  }

  @Test
  @Requirement("DC-1")
  void isNotUsedByWhoCannotProveToBeItsClient() {
    try (TestServer server = RegisteredPeer.server(folder, UNUSED_FOR)) {
      Reply registered = register(server, metadata(server.stranger()));
      assertThat(pushed(server, registered, server.stranger())).isEqualTo("401 invalid_client");

      server.pass(TIME);
      server.sweep();

      assertThat(manage(server, "GET", registered, "").outcome()).isEqualTo("401 invalid_token");
    }
  }

  @Test
  @Requirement("DC-4")
  void hasItsWholeTimeAgainWhenItIsReplaced() {
    try (TestServer server = RegisteredPeer.server(folder, UNUSED_FOR)) {
      TestClient party = server.stranger();
      Reply registered = register(server, metadata(party));
      server.pass(TIME.minusSeconds(1));
      JsonObject same =
          RegisteredPeer.with(
              metadata(party), json("{\"client_id\":\"" + id(registered).value() + "\"}"));
      assertThat(manage(server, "PUT", registered, same.toJson()).status()).isEqualTo(200);

      server.pass(TIME.minusSeconds(1));
      server.sweep();
      assertThat(manage(server, "GET", registered, "").status()).isEqualTo(200);

      server.pass(Duration.ofSeconds(1));
      server.sweep();
      assertThat(manage(server, "GET", registered, "").status()).isEqualTo(401);
    }
  }

  @Test
  @Requirement("DC-1")
  void staysWhereThatIsSaid() {
    try (TestServer server = RegisteredPeer.server(folder, "unused_for: none")) {
      Reply registered = register(server, metadata(server.stranger()));

      server.pass(Duration.ofDays(10_000));
      server.sweep();

      assertThat(manage(server, "GET", registered, "").status()).isEqualTo(200);
    }
  }

  @Test
  @Requirement("DC-1")
  void tellsTheStoreOfTheFirstAuthenticationAlone() {
    List<String> calls = new CopyOnWriteArrayList<>();
    UnaryOperator<Store> counting = store -> watched(store, (_, name) -> calls.add(name));
    TestClient party;
    Reply registered;
    try (TestServer server = new TestServer(folder, RegisteredPeer.with(), counting)) {
      party = server.stranger();
      registered = register(server, metadata(party));
      assertThat(pushed(server, registered, party)).isEqualTo("201");
      assertThat(calls).containsOnlyOnce("recordAuthentication");
      calls.clear();

      assertThat(pushed(server, registered, party)).isEqualTo("201");
      assertThat(calls).containsOnly("findRegistration", "pushRequest");
      calls.clear();
      assertThat(server.app().push(server.app().authorizationRequest()).status()).isEqualTo(201);
      assertThat(calls).containsExactly("pushRequest");
    }
    calls.clear();
    try (TestServer again = new TestServer(folder, RegisteredPeer.with(), counting)) {
      assertThat(pushed(again, registered, party)).isEqualTo("201");
      assertThat(calls).contains("pushRequest").doesNotContain("recordAuthentication");
    }
  }

  @Test
  @Requirement("DC-1")
  void tellsTheStoreNothingThatAnotherNodeHasTold() {
    List<String> calls = new CopyOnWriteArrayList<>();
    UnaryOperator<Store> counting = store -> watched(store, (_, name) -> calls.add(name));
    try (TestServer server = new TestServer(folder, RegisteredPeer.with(), counting)) {
      TestClient party = server.stranger();
      Reply registered = register(server, metadata(party));
      assertThat(pushed(server, registered, server.stranger())).isEqualTo("401 invalid_client");
      server.store().recordAuthentication(id(registered));
      calls.clear();

      assertThat(pushed(server, registered, party)).isEqualTo("201");

      assertThat(calls).contains("pushRequest").doesNotContain("recordAuthentication");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {UNUSED_FOR, "unused_for: none"})
  @Requirement("DC-4")
  void leavesNothingBehindOnANodeWhenAnotherEndsIt(String unusedFor) {
    List<String> calls = new CopyOnWriteArrayList<>();
    UnaryOperator<Store> counting = store -> watched(store, (_, name) -> calls.add(name));
    try (TestServer server = new TestServer(folder, RegisteredPeer.with(unusedFor), counting)) {
      TestClient party = server.stranger();
      Reply stays = register(server, metadata(server.stranger()));
      Reply ends = register(server, metadata(party));
      assertThat(pushed(server, stays, server.stranger())).isEqualTo("401 invalid_client");
      assertThat(pushed(server, ends, party)).isEqualTo("201");
      SecretDigest token = SecretDigest.of(ends.string("registration_access_token"));
      assertThat(server.store().endRegistration(id(ends), token, Instant.EPOCH)).isTrue();

      calls.clear();
      server.sweep();
      assertThat(calls.stream().filter("findRegistration"::equals)).hasSize(2);

      calls.clear();
      server.sweep();
      assertThat(calls.stream().filter("findRegistration"::equals)).hasSize(1);
    }
  }

  @Test
  @Requirement({"CA-3", "SP-6.8-4"})
  void endsJustAsItsClientAuthenticatesAndThenNobodyHas() {
    UnaryOperator<Store> racing =
        store ->
            watched(
                store,
                (real, name) -> {
                  if (name.equals("recordAuthentication")) {
                    real.endUnusedRegistrations(Instant.MAX, 1, Instant.MAX);
                  }
                });
    try (TestServer server = new TestServer(folder, RegisteredPeer.with(), racing)) {
      TestClient party = server.stranger();
      Reply registered = register(server, metadata(party));

      assertThat(pushed(server, registered, party)).isEqualTo("401 invalid_client");

      assertThat(server.logged("detail").orElseThrow()).contains("has just ended");
      assertThat(manage(server, "GET", registered, "").status()).isEqualTo(401);
    }
  }

  /** The same store, but something happens before each operation. */
  private static Store watched(Store store, BiConsumer<Store, String> before) {
    return (Store)
        Proxy.newProxyInstance(
            Store.class.getClassLoader(),
            new Class<?>[] {Store.class},
            (_, method, arguments) -> {
              before.accept(store, method.getName());
              try {
                return method.invoke(store, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
