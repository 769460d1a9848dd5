package dev.countersign.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.metadata.ProtectedResourceMetadata;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.requirement.Requirement;
import dev.countersign.testkit.ScriptedServer;
import dev.countersign.testkit.ScriptedServer.Reply;
import dev.countersign.testkit.TestClock;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@Requirement("PR-3")
class ResourceDescriptionTest {

  private static final String PLACE = "/.well-known/oauth-protected-resource/accounts";

  private final ScriptedAs as = new ScriptedAs(new TestClock());
  private final ScriptedServer rs = new ScriptedServer();
  private final FapiClient client = as.client().build();

  @AfterEach
  void stop() {
    rs.close();
    as.close();
  }

  private void describes(URI resource) {
    rs.on(
        PLACE,
        r ->
            Reply.json(
                200, ProtectedResourceMetadata.builder(resource, as.issuer).build().toJson()));
  }

  private ResourceResponse refusedAt(String resourceMetadata) throws ClientException {
    rs.on(
        "/accounts",
        r ->
            Reply.text(401, "")
                .with(
                    "WWW-Authenticate",
                    "DPoP error=\"invalid_token\", resource_metadata=\""
                        + resourceMetadata
                        + "\""));
    Tokens tokens = client.clientCredentials(Scope.of("batch"), List.of());
    return client.call(tokens, ResourceRequest.get(rs.uri("/accounts")));
  }

  @Test
  void readsWhoseTokensAResourceTakes() throws Exception {
    describes(rs.uri("/accounts"));
    assertThat(client.describe(rs.uri("/accounts")).authorizationServers())
        .containsExactly(as.issuer);
  }

  @Test
  void readsWhatARefusalLeadsTo() throws Exception {
    describes(rs.uri("/accounts"));
    ResourceResponse refusal = refusedAt(rs.uri(PLACE).toString());
    assertThat(client.describe(rs.uri("/accounts"), refusal)).isPresent();
  }

  @Test
  @Requirement("ATT-86")
  void asksNoServerThatAResourceNames() throws Exception {
    try (ScriptedServer evil = new ScriptedServer()) {
      Issuer foreign = new Issuer(evil.uri("").toString());
      URI accounts = rs.uri("/accounts");
      ProtectedResourceMetadata described =
          ProtectedResourceMetadata.builder(accounts, foreign)
              .signsResponses(evil.uri("/jwks"), List.of(SignatureAlgorithm.ES256))
              .build();
      rs.on(PLACE, r -> Reply.json(200, described.toJson()));

      assertThat(client.describe(accounts).authorizationServers()).containsExactly(foreign);
      assertThat(client.describe(accounts, refusedAt(rs.uri(PLACE).toString()))).isPresent();

      assertThat(client.clientCredentials(Scope.of("batch"), List.of()).accessToken()).isNotNull();
      assertThat(evil.received()).isEmpty();
    }
  }

  @Test
  @Requirement("ATT-86")
  void usesNoDescriptionOfAnotherResource() throws Exception {
    describes(rs.uri("/accounts/"));
    assertThatThrownBy(() -> client.describe(rs.uri("/accounts")))
        .isInstanceOf(MetadataFault.class)
        .hasMessageContaining("PR-3");
    ResourceResponse refusal = refusedAt(rs.uri(PLACE).toString());
    assertThatThrownBy(() -> client.describe(rs.uri("/accounts"), refusal))
        .isInstanceOf(MetadataFault.class);
  }

  @Test
  @Requirement("ATT-86")
  void goesToNoOtherHostThanTheOneThatRefused() throws Exception {
    ResourceResponse refusal = refusedAt(as.server.uri(PLACE).toString());
    assertThatThrownBy(() -> client.describe(rs.uri("/accounts"), refusal))
        .isInstanceOf(ProtocolViolation.class);
    assertThat(as.server.received(PLACE)).isEmpty();
    ResourceResponse nowhere = refusedAt("no URL");
    assertThatThrownBy(() -> client.describe(rs.uri("/accounts"), nowhere))
        .isInstanceOf(ProtocolViolation.class);
  }

  @Test
  void findsNothingWhereNothingIsSaid() throws Exception {
    rs.on("/accounts", r -> Reply.text(401, "").with("WWW-Authenticate", "DPoP"));
    Tokens tokens = client.clientCredentials(Scope.of("batch"), List.of());
    ResourceResponse refusal = client.call(tokens, ResourceRequest.get(rs.uri("/accounts")));
    assertThat(client.describe(rs.uri("/accounts"), refusal)).isEmpty();
    assertThatThrownBy(() -> client.describe(rs.uri("/accounts")))
        .isInstanceOf(MetadataFault.class);
  }
}
