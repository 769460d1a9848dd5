package dev.countersign.server.register;

import static dev.countersign.server.register.RegisteredPeer.id;
import static dev.countersign.server.register.RegisteredPeer.json;
import static dev.countersign.server.register.RegisteredPeer.manage;
import static dev.countersign.server.register.RegisteredPeer.metadata;
import static dev.countersign.server.register.RegisteredPeer.register;
import static dev.countersign.server.register.RegisteredPeer.with;
import static dev.countersign.server.register.SoftwareStatementTest.by;
import static dev.countersign.server.register.SoftwareStatementTest.statements;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.requirement.Requirement;
import dev.countersign.server.kit.Reply;
import dev.countersign.server.kit.TestClient;
import dev.countersign.server.kit.TestServer;
import dev.countersign.store.Store;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two replacements of one registration at once: the later one is judged by the earlier. */
class SimultaneousReplacementTest {
  private static final StatementIssuer DIRECTORY = new StatementIssuer();

  /** Happens once, just before the store is told to replace a registration. */
  private final AtomicReference<Runnable> meanwhile =
      new AtomicReference<>(SimultaneousReplacementTest::nothing);

  private TestServer server;
  private TestClient party;
  private Reply registered;

  @BeforeEach
  void start(@TempDir Path folder) {
    server =
        new TestServer(
            folder, RegisteredPeer.with(statements(DIRECTORY.trusted())), this::interrupted);
    party = server.stranger();
    registered = register(server, metadata(party));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  @Requirement({"DC-2", "DC-4"})
  void cannotLeaveAStatementThatTheOtherBrought() {
    String statement = DIRECTORY.statement("{\"software_id\":\"s-1\"}");
    AtomicReference<Reply> other = new AtomicReference<>();
    meanwhile.set(() -> other.set(put(by(statement))));

    Reply plain = put(json("{\"client_name\":\"Another App\"}"));

    assertThat(other.get().status()).isEqualTo(200);
    assertThat(plain.outcome()).isEqualTo("400 invalid_client_metadata");
    assertThat(manage(server, "GET", registered, "").json()).isEqualTo(other.get().json());
  }

  @Test
  @Requirement("DC-4")
  void takesTheLaterOfTwoThatAreBothRight() {
    meanwhile.set(() -> put(json("{\"client_name\":\"First App\"}")));

    Reply later = put(json("{\"client_name\":\"Second App\"}"));

    assertThat(later.status()).as(later.text()).isEqualTo(200);
    assertThat(manage(server, "GET", registered, "").json()).isEqualTo(later.json());
    assertThat(later.string("client_name")).isEqualTo("Second App");
  }

  @Test
  @Requirement({"DC-4", "DC-6"})
  void replacesNothingThatEndedMeanwhile() {
    meanwhile.set(() -> manage(server, "DELETE", registered, ""));

    assertThat(put(json("{}")).outcome()).isEqualTo("401 invalid_token");
  }

  private static void nothing() {}

  private Reply put(JsonObject changed) {
    JsonObject own =
        with(metadata(party), json("{\"client_id\":\"" + id(registered).value() + "\"}"));
    return manage(server, "PUT", registered, with(own, changed).toJson());
  }

  private Store interrupted(Store store) {
    return (Store)
        Proxy.newProxyInstance(
            Store.class.getClassLoader(),
            new Class<?>[] {Store.class},
            (_, method, arguments) -> {
              if (method.getName().equals("replaceRegistration")) {
                meanwhile.getAndSet(SimultaneousReplacementTest::nothing).run();
              }
              try {
                return method.invoke(store, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
