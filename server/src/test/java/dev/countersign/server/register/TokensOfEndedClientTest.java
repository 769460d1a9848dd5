package dev.countersign.server.register;

import static dev.countersign.server.register.RegisteredPeer.id;
import static dev.countersign.server.register.RegisteredPeer.json;
import static dev.countersign.server.register.RegisteredPeer.manage;
import static dev.countersign.server.register.RegisteredPeer.register;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.revocationfeed.FeedClaims;
import dev.countersign.protocol.revocationfeed.FeedVerifier;
import dev.countersign.requirement.Requirement;
import dev.countersign.server.kit.Params;
import dev.countersign.server.kit.RawJwt;
import dev.countersign.server.kit.Reply;
import dev.countersign.server.kit.TestClient;
import dev.countersign.server.kit.TestServer;
import dev.countersign.testkit.ScriptedServer;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens that a client got for itself, when its registration ends. */
@Requirement({"SP-6.8-4", "ATT-51"})
class TokensOfEndedClientTest {
  private static final Params OWN = Params.of("grant_type", "client_credentials");

  private final ScriptedServer publisher = new ScriptedServer();
  private TestServer server;
  private TestClient client;
  private Reply registered;

  @BeforeEach
  void start(@TempDir Path folder) {
    server =
        new TestServer(
            folder,
            yaml ->
                RegisteredPeer.with("grant_types: [client_credentials]").apply(yaml)
                    + "client_keys: {allow_private_addresses: true, trusted_ca: server.pem}\n");
    TestClient party = server.stranger();
    publisher.on("/jwks", _ -> ScriptedServer.Reply.json(200, json(party.jwks())));
    registered =
        register(
            server,
            JsonObject.builder()
                .put("client_name", "Budget Machine")
                .put("grant_types", List.of("client_credentials"))
                .put("scope", "accounts")
                .put("jwks_uri", publisher.uri("/jwks").toString())
                .build());
    client = party.as(id(registered));
  }

  @AfterEach
  void stop() {
    server.close();
    publisher.close();
  }

  private JsonObject feed() throws Exception {
    server.pass(Duration.ofSeconds(1));
    String query = "?resource=" + URLEncoder.encode(TestServer.API, UTF_8);
    Reply reply = server.get(URI.create(server.url("/revocations") + query));
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return FeedVerifier.parse(reply.text())
        .unverifiedClaims()
        .object("events")
        .orElseThrow()
        .object(FeedClaims.EVENT)
        .orElseThrow();
  }

  private static long exp(Reply tokens) throws MalformedJsonException {
    return RawJwt.claims(tokens.string("access_token"))
        .number("exp")
        .orElseThrow()
        .longValueExact();
  }

  @Test
  @Requirement({"SP-5.3.4-3"})
  void areOneEntryOfTheFeedHoweverManyThereAre() throws Exception {
    client.token(OWN);
    server.pass(Duration.ofSeconds(7));
    Reply last = client.token(OWN);
    assertThat(feed().objects("clients").orElseThrow()).isEmpty();

    assertThat(manage(server, "DELETE", registered, "").status()).isEqualTo(204);

    JsonObject feed = feed();
    assertThat(feed.objects("grants").orElseThrow()).isEmpty();
    assertThat(feed.objects("clients").orElseThrow())
        .containsExactly(
            JsonObject.builder()
                .put("client_id", id(registered).value())
                .put("expires_at", exp(last))
                .build());
  }

  @Test
  void areNotGivenToARequestThatWasJudgedWhileItEnded() {
    assertThat(client.token(OWN).outcome()).isEqualTo("200");
    ClientId id = id(registered);
    JsonObject keys = json(client.jwks());
    publisher.on(
        "/jwks",
        _ -> {
          assertThat(server.store().endRegistration(id, server.now())).isTrue();
          return ScriptedServer.Reply.json(200, keys);
        });
    server.pass(Duration.ofDays(1));

    assertThat(client.token(OWN).outcome()).isEqualTo("401 invalid_client");

    assertThat(publisher.received("/jwks")).hasSize(2);
    assertThat(server.logged("detail")).contains("the registration of the client has just ended");
  }
}
