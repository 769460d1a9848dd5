package dev.countersign.server.register;

import static dev.countersign.server.register.RegisteredPeer.id;
import static dev.countersign.server.register.RegisteredPeer.manage;
import static dev.countersign.server.register.RegisteredPeer.register;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.requirement.Requirement;
import dev.countersign.server.kit.Reply;
import dev.countersign.server.kit.TestClient;
import dev.countersign.server.kit.TestServer;
import dev.countersign.store.Registration;
import dev.countersign.testkit.ScriptedServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client that registered where it publishes its keys. */
class RegisteredKeysTest {
  private static final String ALLOWED =
      "client_keys: {allow_private_addresses: true, trusted_ca: server.pem}\n";

  private final ScriptedServer publisher = new ScriptedServer();

  @TempDir private Path folder;

  @AfterEach
  void stop() {
    publisher.close();
  }

  @Test
  @Requirement({"DC-5", "SP-5.4.2-0"})
  void hasThemFetchedWhenItFirstSigns() {
    try (TestServer server = server(ALLOWED)) {
      TestClient party = publishing(server, "/jwks");
      Reply registered = register(server, metadata("/jwks"));
      TestClient client = party.as(id(registered));
      assertThat(publisher.received("/jwks")).isEmpty();

      assertThat(client.push(client.authorizationRequest()).outcome()).isEqualTo("201");

      assertThat(publisher.received("/jwks")).hasSize(1);
    }
  }

  @Test
  @Requirement({"DC-4", "DC-5"})
  void hasThemFetchedAtTheNewPlaceOnceItReplacedTheOld() {
    try (TestServer server = server(ALLOWED)) {
      TestClient before = publishing(server, "/old");
      TestClient after = publishing(server, "/new");
      Reply registered = register(server, metadata("/old"));
      TestClient old = before.as(id(registered));
      TestClient fresh = after.as(id(registered));
      assertThat(old.push(old.authorizationRequest()).outcome()).isEqualTo("201");

      JsonObject moved =
          metadata("/new").toBuilder().put("client_id", id(registered).value()).build();
      assertThat(manage(server, "PUT", registered, moved.toJson()).status()).isEqualTo(200);

      assertThat(fresh.push(fresh.authorizationRequest()).outcome()).isEqualTo("201");
      assertThat(old.push(old.authorizationRequest()).outcome()).isEqualTo("401 invalid_client");
    }
  }

  @Test
  @Requirement({"DC-4", "DC-5"})
  void hasThemFetchedNoMoreOftenIfItReplacesItsRegistrationByTheSame() {
    try (TestServer server = server(ALLOWED)) {
      TestClient party = publishing(server, "/jwks");
      Reply registered = register(server, metadata("/jwks"));
      TestClient client = party.as(id(registered));
      assertThat(client.push(client.authorizationRequest()).outcome()).isEqualTo("201");

      JsonObject same =
          metadata("/jwks").toBuilder().put("client_id", id(registered).value()).build();
      assertThat(manage(server, "PUT", registered, same.toJson()).status()).isEqualTo(200);
      assertThat(client.push(client.authorizationRequest()).outcome()).isEqualTo("201");

      assertThat(publisher.received("/jwks")).hasSize(1);
    }
  }

  @Test
  @Requirement({"DC-5", "SP-5.4.2-1"})
  void cannotHaveTheKeysOfAnotherForgottenByNamingTheirPlace() {
    try (TestServer server = server(ALLOWED)) {
      TestClient party = publishing(server, "/jwks");
      TestClient victim = party.as(id(register(server, metadata("/jwks"))));
      assertThat(victim.push(victim.authorizationRequest()).outcome()).isEqualTo("201");
      Reply registered = register(server, metadata("/jwks"));
      TestClient attacker = server.stranger().as(id(registered));
      assertThat(attacker.push(attacker.authorizationRequest()).outcome())
          .isEqualTo("401 invalid_client");

      assertThat(manage(server, "DELETE", registered, "").status()).isEqualTo(204);
      publisher.on("/jwks", _ -> ScriptedServer.Reply.json(500, JsonObject.builder().build()));

      assertThat(victim.push(victim.authorizationRequest()).outcome()).isEqualTo("201");
    }
  }

  @Test
  @Requirement({"DC-5", "SP-5.4.2-1"})
  void keepsThemWhenTheClientsOfTheFilesChange() throws IOException {
    try (TestServer server = server(ALLOWED)) {
      TestClient party = publishing(server, "/jwks");
      TestClient client = party.as(id(register(server, metadata("/jwks"))));
      assertThat(client.push(client.authorizationRequest()).outcome()).isEqualTo("201");

      Path main = server.file("countersign.yaml");
      String before = Files.readString(main);
      Files.writeString(main, before.replace("client_id: machine", "client_id: engine"));
      server.reloadClients();

      assertThat(client.push(client.authorizationRequest()).outcome()).isEqualTo("201");
      assertThat(publisher.received("/jwks")).hasSize(1);
    }
  }

  @Test
  @Requirement({"DC-4", "SP-5.4.2-1"})
  void leavesNoKeysBehindOnANodeThatHeardOfItAfterAnotherEndedIt() {
    try (TestServer server = server(ALLOWED)) {
      TestClient party = publishing(server, "/jwks");
      Reply registered = register(server, metadata("/jwks"));
      TestClient client = party.as(id(registered));
      Registration there = server.store().findRegistration(id(registered)).orElseThrow();
      assertThat(client.push(client.authorizationRequest()).outcome()).isEqualTo("201");

      server.store().endRegistration(there.client(), there.accessToken(), Instant.EPOCH);
      assertThat(client.push(client.authorizationRequest()).outcome())
          .isEqualTo("401 invalid_client");
      server.sweep();

      // No id comes twice; here it shows what was kept.
      server.store().register(there, 1);
      assertThat(client.push(client.authorizationRequest()).outcome()).isEqualTo("201");
      assertThat(publisher.received("/jwks")).hasSize(2);
    }
  }

  @Test
  @Requirement("DC-5")
  void hasNothingFetchedFromAPrivateAddress() {
    try (TestServer server = server("")) {
      TestClient party = publishing(server, "/jwks");
      TestClient client = party.as(id(register(server, metadata("/jwks"))));

      assertThat(client.push(client.authorizationRequest()).outcome())
          .isEqualTo("401 invalid_client");

      assertThat(publisher.received("/jwks")).isEmpty();
    }
  }

  private TestServer server(String keys) {
    UnaryOperator<String> dynamic = RegisteredPeer.with();
    return new TestServer(folder, yaml -> dynamic.apply(yaml) + keys);
  }

  private TestClient publishing(TestServer server, String path) {
    TestClient party = server.stranger();
    JsonObject set = JwkSet.of(List.of(party.key().publicJwk())).toJson();
    publisher.on(path, _ -> ScriptedServer.Reply.json(200, set));
    return party;
  }

  private JsonObject metadata(String path) {
    return JsonObject.builder()
        .put("redirect_uris", List.of(RegisteredPeer.CALLBACK))
        .put("jwks_uri", publisher.uri(path).toString())
        .build();
  }
}
