package dev.countersign.server.register;

import static dev.countersign.server.register.RegisteredPeer.id;
import static dev.countersign.server.register.RegisteredPeer.json;
import static dev.countersign.server.register.RegisteredPeer.manage;
import static dev.countersign.server.register.RegisteredPeer.metadata;
import static dev.countersign.server.register.RegisteredPeer.register;
import static dev.countersign.server.register.RegisteredPeer.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.requirement.Requirement;
import dev.countersign.server.kit.Params;
import dev.countersign.server.kit.Reply;
import dev.countersign.server.kit.SignedRequests;
import dev.countersign.server.kit.TestClient;
import dev.countersign.server.kit.TestServer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a client registered for signed messages gets when it pushes. */
@Requirement({"DC-3"})
class HeldToItsRegistrationTest {
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

  private record Registered(Reply reply, TestClient client) {
    String pushed() {
      return pushed(client.authorizationRequest());
    }

    String pushed(Params request) {
      return client.push(request).outcome();
    }

    String pushed(String mode) {
      return pushed(client.authorizationRequest().and("response_mode", mode));
    }
  }

  private static Registered registered(TestServer at, String members) {
    TestClient party = at.stranger();
    Reply reply = register(at, with(metadata(party), json(members)));
    assertThat(reply.status()).as(reply.text()).isEqualTo(201);
    return new Registered(reply, party.as(id(reply)));
  }

  @Test
  @Requirement({"MS-5.3.1-1", "JAR-8", "ATT-61"})
  void pushesNothingUnsignedIfItSaidThatItSigns() {
    Registered signing =
        registered(
            server,
            "{\"require_signed_request_object\":true,\"request_object_signing_alg\":\"ES256\"}");
    SignedRequests requests = new SignedRequests(server, signing.client());

    assertThat(signing.pushed()).isEqualTo("400 invalid_request");
    assertThat(server.logged("rule")).contains("MS-5.3.1-1");
    assertThat(requests.push(requests.object()).outcome()).isEqualTo("201");
    SigningKey other = server.jose().generate(SignatureAlgorithm.EDDSA, server.random());
    assertThat(requests.push(requests.objectBy(other, claims -> {})).outcome())
        .isEqualTo("400 invalid_request_object");
  }

  @Test
  @Requirement({"MS-5.3.3-1", "MS-5.4.1-1"})
  void hasNoModeButThoseThatItRegistered() {
    Registered signed = registered(server, "{\"response_modes\":[\"query.jwt\"]}");

    assertThat(signed.pushed()).isEqualTo("400 invalid_request");
    assertThat(signed.pushed("query")).isEqualTo("400 invalid_request");
    assertThat(signed.pushed("form_post.jwt")).isEqualTo("400 invalid_request");
    assertThat(signed.pushed("query.jwt")).isEqualTo("201");

    Registered plain = registered(server, "{\"response_modes\":[\"query\"]}");
    assertThat(plain.pushed()).isEqualTo("201");
    assertThat(plain.pushed("jwt")).isEqualTo("400 invalid_request");
  }

  @Test
  @Requirement("DC-4")
  void isHeldToWhatItRegisteredLast() {
    Registered client = registered(server, "{}");
    assertThat(client.pushed()).isEqualTo("201");
    JsonObject told =
        client
            .reply()
            .json()
            .without("registration_access_token")
            .without("registration_client_uri")
            .without("client_id_issued_at");
    Reply replaced =
        manage(
            server,
            "PUT",
            client.reply(),
            with(told, json("{\"require_signed_request_object\":true}")).toJson());
    assertThat(replaced.status()).as(replaced.text()).isEqualTo(200);

    assertThat(client.pushed()).isEqualTo("400 invalid_request");
    SignedRequests requests = new SignedRequests(server, client.client());
    assertThat(requests.push(requests.object()).outcome()).isEqualTo("201");
  }

  @Test
  @Requirement({"MS-5.3.1-1", "MS-5.4.1-1"})
  void isHeldToWhatTheOperatorDemandsThoughItSaidNothing(@TempDir Path other) {
    try (TestServer strict = RegisteredPeer.server(other, "profile: fapi2-message-signing")) {
      Registered silent = registered(strict, "{}");
      SignedRequests requests = new SignedRequests(strict, silent.client());

      assertThat(silent.pushed("jwt")).isEqualTo("400 invalid_request");
      assertThat(requests.push(requests.object()).outcome()).isEqualTo("400 invalid_request");
      assertThat(
              requests
                  .push(requests.object(claims -> claims.put("response_mode", "jwt")))
                  .outcome())
          .isEqualTo("201");
    }
  }
}
