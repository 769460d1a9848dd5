package dev.countersign.server.register;

import static dev.countersign.server.register.RegisteredPeer.manage;
import static dev.countersign.server.register.RegisteredPeer.metadata;
import static dev.countersign.server.register.RegisteredPeer.register;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.requirement.Requirement;
import dev.countersign.server.kit.Params;
import dev.countersign.server.kit.Reply;
import dev.countersign.server.kit.TestClient;
import dev.countersign.server.kit.TestServer;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that registered themselves, and operators: who ends whom. */
class OperatorEndsRegistrationTest {
  private static final String SCOPE = "countersign_operator";

  @TempDir Path folder;

  private TestServer server() {
    return new TestServer(
        folder,
        yaml ->
            RegisteredPeer.with("grant_types: [authorization_code, client_credentials]")
                .apply(yaml.replaceFirst("(?s)(The Machine.*?scope: )", "$1" + SCOPE + " ")));
  }

  private static Reply end(TestServer server, String client) {
    TestClient machine = server.machine();
    String token =
        machine
            .token(Params.of("grant_type", "client_credentials", "scope", SCOPE))
            .string("access_token");
    URI url = server.url("/operator/clients/" + client);
    return server.send(
        "DELETE",
        url,
        List.of(
            Map.entry("Authorization", "DPoP " + token),
            Map.entry("DPoP", machine.proofFor(token, "DELETE", url))),
        new byte[0]);
  }

  @Test
  @Requirement({"SP-6.8-4"})
  void anOperatorEndsAClientAndAllThatHangsOnIt() {
    try (TestServer server = server()) {
      TestClient party = server.stranger();
      Reply registered = register(server, metadata(party));
      String id = registered.string("client_id");
      TestClient client = party.as(new ClientId(id));
      Params request = client.authorizationRequest().with("redirect_uri", RegisteredPeer.CALLBACK);
      assertThat(client.push(request).outcome()).isEqualTo("201");

      assertThat(end(server, id).status()).isEqualTo(204);

      assertThat(client.push(request).outcome()).isEqualTo("401 invalid_client");
      assertThat(manage(server, "GET", registered, "").status()).isEqualTo(401);
      assertThat(server.store().findRegistration(new ClientId(id))).isEmpty();
      assertThat(end(server, id).status()).isEqualTo(404);
    }
  }

  @Test
  void noClientRegistersItselfAsAnOperators() {
    try (TestServer server = server()) {
      JsonObject wanted =
          RegisteredPeer.with(
              metadata(server.stranger()),
              JsonObject.builder()
                  .put("grant_types", List.of("client_credentials"))
                  .put("scope", SCOPE)
                  .build());

      assertThat(register(server, wanted).outcome()).isEqualTo("400 invalid_client_metadata");
    }
  }
}
