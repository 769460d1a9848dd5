package dev.countersign.server.register;

import static dev.countersign.server.register.RegisteredPeer.id;
import static dev.countersign.server.register.RegisteredPeer.json;
import static dev.countersign.server.register.RegisteredPeer.manage;
import static dev.countersign.server.register.RegisteredPeer.metadata;
import static dev.countersign.server.register.RegisteredPeer.register;
import static dev.countersign.server.register.RegisteredPeer.send;
import static dev.countersign.server.register.RegisteredPeer.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.requirement.Requirement;
import dev.countersign.server.kit.Reply;
import dev.countersign.server.kit.TestClient;
import dev.countersign.server.kit.TestServer;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientConfigurationEndpointTest {
  @TempDir static Path folder;
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = RegisteredPeer.server(folder);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  @Requirement("DC-4")
  void readsWhatWasRegistered() {
    Reply registered = register(server, metadata(server.stranger()));

    Reply read = manage(server, "GET", registered, "");

    assertThat(read.status()).isEqualTo(200);
    assertThat(read.json()).isEqualTo(registered.json());
    assertThat(read.all("Cache-Control")).containsExactly("no-store");
  }

  @Test
  @Requirement("DC-4")
  void replacesAllAndForgetsWhatIsLeftOut() {
    TestClient key = server.stranger();
    Reply registered =
        register(server, with(metadata(key), json("{\"client_uri\":\"https://a.example\"}")));
    JsonObject other = with(metadata(key), json("{\"client_name\":\"New\",\"scope\":\"openid\"}"));

    Reply replaced = manage(server, "PUT", registered, of(registered, other).toJson());

    assertThat(replaced.status()).as(replaced.text()).isEqualTo(200);
    assertThat(replaced.string("client_id")).isEqualTo(registered.string("client_id"));
    assertThat(replaced.string("client_name")).isEqualTo("New");
    assertThat(replaced.string("scope")).isEqualTo("openid");
    assertThat(replaced.json().has("client_uri")).isFalse();
    assertThat(manage(server, "GET", registered, "").json()).isEqualTo(replaced.json());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"client_id\":\"another\"}",
        "{\"registration_access_token\":\"x\"}",
        "{\"registration_client_uri\":\"https://as.example.com\"}",
        "{\"client_id_issued_at\":1}",
        "{\"client_secret_expires_at\":0}",
        "{\"client_secret\":\"x\"}",
        "{\"token_endpoint_auth_method\":\"none\"}"
      })
  @Requirement({"DC-4", "DC-5", "SP-5.3.2.1-3"})
  void refusesAReplacementAndKeepsWhatWasThere(String changed) {
    TestClient key = server.stranger();
    Reply registered = register(server, metadata(key));

    Reply reply =
        manage(
            server, "PUT", registered, with(of(registered, metadata(key)), json(changed)).toJson());

    assertThat(reply.outcome()).isEqualTo("400 invalid_client_metadata");
    assertThat(manage(server, "GET", registered, "").json()).isEqualTo(registered.json());
  }

  @Test
  @Requirement("DC-4")
  void refusesAReplacementWithoutClientId() {
    Reply registered = register(server, metadata(server.stranger()));

    assertThat(manage(server, "PUT", registered, metadata(server.stranger()).toJson()).outcome())
        .isEqualTo("400 invalid_client_metadata");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "PUT", "DELETE"})
  @Requirement({"DC-6", "A1-45"})
  void saysTheSameOfAnotherClientAndOfNone(String method) {
    Reply own = register(server, metadata(server.stranger()));
    Reply other = register(server, metadata(server.stranger()));
    String token = "Bearer " + own.string("registration_access_token");

    for (URI url :
        new URI[] {
          URI.create(other.string("registration_client_uri")),
          server.url("/register/nobody"),
          server.url("/register/app"),
          server.url("/register/")
        }) {
      Reply reply = send(server, method, url, token, method.equals("PUT") ? "{}" : "");
      assertThat(reply.outcome()).as(url.toString()).isEqualTo("401 invalid_token");
      assertThat(reply.challenge().attribute("error")).contains("invalid_token");
    }
    assertThat(manage(server, "GET", other, "").status()).isEqualTo(200);
  }

  @Test
  @Requirement("DC-6")
  void refusesWhoHasNoTokenAndTheInitialOne() {
    Reply own = register(server, metadata(server.stranger()));
    URI url = URI.create(own.string("registration_client_uri"));

    assertThat(send(server, "GET", url, "", "").status()).isEqualTo(401);
    assertThat(send(server, "GET", url, "Bearer " + RegisteredPeer.INITIAL, "").outcome())
        .isEqualTo("401 invalid_token");
  }

  @Test
  @Requirement("DC-4")
  void refusesAnotherMethod() {
    Reply own = register(server, metadata(server.stranger()));

    Reply reply = manage(server, "POST", own, "{}");

    assertThat(reply.status()).isEqualTo(405);
    assertThat(reply.header("Allow")).contains("DELETE, GET, PUT");
  }

  @Test
  @Requirement({"DC-4", "DC-6", "A1-45"})
  void endsARegistrationOnce() {
    Reply own = register(server, metadata(server.stranger()));

    assertThat(manage(server, "DELETE", own, "").status()).isEqualTo(204);

    assertThat(manage(server, "GET", own, "").outcome()).isEqualTo("401 invalid_token");
    assertThat(manage(server, "DELETE", own, "").outcome()).isEqualTo("401 invalid_token");
  }

  private static JsonObject of(Reply registered, JsonObject metadata) {
    return metadata.toBuilder().put("client_id", id(registered).value()).build();
  }
}
