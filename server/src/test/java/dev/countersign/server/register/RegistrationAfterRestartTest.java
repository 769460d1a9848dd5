package dev.countersign.server.register;

import static dev.countersign.server.register.RegisteredPeer.id;
import static dev.countersign.server.register.RegisteredPeer.json;
import static dev.countersign.server.register.RegisteredPeer.manage;
import static dev.countersign.server.register.RegisteredPeer.metadata;
import static dev.countersign.server.register.RegisteredPeer.register;
import static dev.countersign.server.register.RegisteredPeer.with;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.countersign.requirement.Requirement;
import dev.countersign.server.kit.Reply;
import dev.countersign.server.kit.TestClient;
import dev.countersign.server.kit.TestServer;
import dev.countersign.testkit.CapturedLog;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Registrations under a configuration that is another than when they were made. */
class RegistrationAfterRestartTest {
  @TempDir private Path folder;

  @Test
  @Requirement({"DC-1", "DC-4"})
  void hasIdTokensSignedByTheNewAlgorithmIfItDidNotCare() {
    Registered before = registered("{}");
    assertThat(before.reply().string("id_token_signed_response_alg")).isEqualTo("ES256");

    try (TestServer changed = signingByEdDsa()) {
      TestClient client = before.client().at(changed);
      assertThat(client.push(client.authorizationRequest()).outcome()).isEqualTo("201");
      assertThat(manage(changed, "GET", before.reply(), "").string("id_token_signed_response_alg"))
          .isEqualTo("EdDSA");
    }
  }

  @Test
  @Requirement({"DC-1", "DC-5"})
  void isRefusedIfThereIsNoKeyOfItsOwnAlgorithmAndTheLogSaysSoOnce() {
    Registered before = registered("{\"id_token_signed_response_alg\":\"ES256\"}");

    try (CapturedLog log = CapturedLog.aside(DynamicClients.class.getName(), Level.WARN);
        TestServer changed = signingByEdDsa()) {
      TestClient client = before.client().at(changed);
      for (int i = 0; i < 2; i++) {
        assertThat(client.push(client.authorizationRequest()).outcome())
            .isEqualTo("401 invalid_client");
      }
      assertThat(log.events()).hasSize(1);
      assertThat(log.lastField("detail").orElseThrow()).contains("has no signing key yet");
      assertThat(manage(changed, "GET", before.reply(), "").string("id_token_signed_response_alg"))
          .isEqualTo("ES256");
    }
  }

  private record Registered(Reply reply, TestClient client) {}

  private Registered registered(String members) {
    try (TestServer first = RegisteredPeer.server(folder)) {
      TestClient party = first.stranger();
      Reply reply = register(first, with(metadata(party), json(members)));
      assertThat(reply.status()).as(reply.text()).isEqualTo(201);
      return new Registered(reply, party.as(id(reply)));
    }
  }

  private TestServer signingByEdDsa() {
    UnaryOperator<String> dynamic = RegisteredPeer.with();
    return new TestServer(folder, yaml -> dynamic.apply(yaml) + "signing_alg: EdDSA\n");
  }
}
