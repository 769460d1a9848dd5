package dev.countersign.server.register;

import static dev.countersign.server.register.RegisteredPeer.id;
import static dev.countersign.server.register.RegisteredPeer.json;
import static dev.countersign.server.register.RegisteredPeer.manage;
import static dev.countersign.server.register.RegisteredPeer.metadata;
import static dev.countersign.server.register.RegisteredPeer.pushed;
import static dev.countersign.server.register.RegisteredPeer.register;
import static dev.countersign.server.register.RegisteredPeer.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.requirement.Requirement;
import dev.countersign.server.kit.Params;
import dev.countersign.server.kit.RawJwt;
import dev.countersign.server.kit.Reply;
import dev.countersign.server.kit.TestClient;
import dev.countersign.server.kit.TestServer;
import dev.countersign.testkit.ScriptedServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody tries who may register, and means no good. */
class AttackedRegistrationTest {
  private static final StatementIssuer DIRECTORY = new StatementIssuer();
  private static final String TRUST = SoftwareStatementTest.statements(DIRECTORY.trusted());

  /** The {@code sub} of a person here. */
  private static final String ANNA = "{\"client_id\":\"u-anna\",\"sub\":\"u-anna\"}";

  /** A machine of the network that the server stands in. */
  private final ScriptedServer inside = new ScriptedServer();

  @TempDir private Path folder;

  @AfterEach
  void stop() {
    inside.close();
  }

  private TestServer server(String... dynamic) {
    return RegisteredPeer.server(folder, dynamic);
  }

  @Test
  @Requirement({"ATT-39", "A1-43", "SP-6.7"})
  void nobodyRegistersAsAPerson() throws MalformedJsonException {
    try (TestServer server = server(TRUST, "grant_types: [client_credentials]")) {
      JsonObject itself = json("{\"grant_types\":[\"client_credentials\"],\"scope\":\"accounts\"}");
      for (JsonObject asked :
          List.of(json(ANNA), SoftwareStatementTest.by(DIRECTORY.statement(ANNA)))) {
        TestClient party = server.stranger();
        JsonObject least = metadata(party).only(Set.of("client_name", "jwks"));
        Reply registered = register(server, with(with(least, itself), asked));
        assertThat(registered.status()).as(registered.text()).isEqualTo(201);
        TestClient client = party.as(id(registered));
        assertThat(client.id().value()).hasSize(43);

        String token =
            client.token(Params.of("grant_type", "client_credentials")).string("access_token");

        JsonObject claims = RawJwt.claims(token);
        assertThat(claims.string("sub")).contains(client.id().value());
        assertThat(claims.string("client_id")).contains(client.id().value());
        assertThat(client.userinfo(token).outcome()).isEqualTo("401 invalid_token");
        assertThat(manage(server, "PUT", registered, with(least, asked).toJson()).outcome())
            .isEqualTo("400 invalid_client_metadata");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sector_identifier_uri",
        "logo_uri",
        "client_uri",
        "policy_uri",
        "tos_uri",
        "initiate_login_uri",
        "backchannel_logout_uri"
      })
  @Requirement({"ATT-85", "A1-46", "DC-5"})
  void hasNothingFetchedThatItNames(String member) {
    try (TestServer server = server()) {
      TestClient party = server.stranger();
      JsonObject named = RawJwt.json(Map.of(member, inside.uri("/" + member).toString()));

      Reply registered = register(server, with(metadata(party), named));

      assertThat(registered.outcome()).isEqualTo("201");
      assertThat(pushed(server, registered, party)).isEqualTo("201");
    }
    assertThat(inside.received()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "127.0.0.1", "[::1]", "[::ffff:127.0.0.1]"})
  @Requirement({"ATT-85", "A1-46", "DC-5", "SP-5.4.2-1"})
  void hasNoKeysFetchedFromTheNetworkThatTheServerStandsIn(String host) {
    String keys = inside.uri("/jwks").toString().replace("localhost", host);
    try (TestServer server = server(TRUST)) {
      TestClient party = server.stranger();
      publish(party);
      JsonObject least = metadata(party).only(Set.of("client_name", "redirect_uris"));
      JsonObject named = RawJwt.json(Map.of("jwks_uri", keys));
      String said = DIRECTORY.statement(named.toJson());
      for (JsonObject asked : List.of(named, SoftwareStatementTest.by(said))) {
        assertThat(pushed(server, register(server, with(least, asked)), party))
            .isEqualTo("401 invalid_client");
      }
    }
    assertThat(inside.received()).isEmpty();
  }

  @Test
  @Requirement({"ATT-85", "A1-46", "DC-2"})
  void hasNoKeysFetchedThatAStatementBringsAlong() {
    String keys = inside.uri("/jwks").toString();
    StatementIssuer forger = new StatementIssuer();
    inside.on("/jwks", _ -> ScriptedServer.Reply.json(200, forger.jwks()));
    JsonObject claims = RawJwt.json(Map.of("iss", StatementIssuer.NAME, "jwks_uri", keys));
    try (TestServer server = new TestServer(folder, allowing(RegisteredPeer.with(TRUST)))) {
      for (String header : List.of("jku", "x5u")) {
        String forged = forger.signed(RawJwt.json(Map.of(header, keys)).toJson(), claims);
        JsonObject asked = SoftwareStatementTest.by(forged);

        assertThat(register(server, with(metadata(server.stranger()), asked)).outcome())
            .isEqualTo("400 invalid_software_statement");
      }
    }
    assertThat(inside.received()).isEmpty();
  }

  @Test
  @Requirement({"ATT-85", "A1-46", "DC-5"})
  void leadsNobodyOnFromWhereItsKeysAre() {
    String elsewhere = inside.uri("/metadata").toString();
    inside.on("/jwks", _ -> ScriptedServer.Reply.text(302, "").with("Location", elsewhere));
    try (TestServer server = new TestServer(folder, allowing(RegisteredPeer.with()))) {
      TestClient party = server.stranger();
      JsonObject least = metadata(party).only(Set.of("client_name", "redirect_uris"));
      JsonObject named = RawJwt.json(Map.of("jwks_uri", inside.uri("/jwks").toString()));
      Reply registered = register(server, with(least, named));

      assertThat(pushed(server, registered, party)).isEqualTo("401 invalid_client");
      assertThat(inside.received("/jwks")).hasSize(1);
      assertThat(inside.received("/metadata")).isEmpty();

      publish(party);
      assertThat(pushed(server, register(server, with(least, named)), party)).isEqualTo("201");
    }
  }

  @Test
  @Requirement({"ATT-85", "DC-4"})
  void changesNoKeysByAStolenTokenThatAStatementVouchesFor() {
    try (TestServer server = server(TRUST)) {
      TestClient owner = server.stranger();
      TestClient thief = server.stranger();
      JsonObject said =
          SoftwareStatementTest.by(DIRECTORY.statement("{\"jwks\":" + owner.jwks() + "}"));
      JsonObject least = metadata(owner).only(Set.of("client_name", "redirect_uris"));
      Reply registered = register(server, with(least, said));
      JsonObject own = json("{\"client_id\":\"" + id(registered).value() + "\"}");
      JsonObject keys = json("{\"jwks\":" + thief.jwks() + "}");

      Reply beside = manage(server, "PUT", registered, replaced(least, own, said, keys));
      Reply instead = manage(server, "PUT", registered, replaced(least, own, keys));

      assertThat(instead.outcome()).isEqualTo("400 invalid_client_metadata");
      assertThat(pushed(server, registered, thief))
          .as(beside.text())
          .isEqualTo("401 invalid_client");
      assertThat(pushed(server, registered, owner)).isEqualTo("201");
    }
  }

  private static String replaced(JsonObject... parts) {
    JsonObject whole = json("{}");
    for (JsonObject part : parts) {
      whole = with(whole, part);
    }
    return whole.toJson();
  }

  private void publish(TestClient party) {
    JsonObject keys = json(party.jwks());
    inside.on("/jwks", _ -> ScriptedServer.Reply.json(200, keys));
  }

  /** Where private addresses are allowed, so that nothing but the rule at hand is in the way. */
  private static UnaryOperator<String> allowing(UnaryOperator<String> dynamic) {
    return yaml ->
        dynamic.apply(yaml)
            + "client_keys: {allow_private_addresses: true, trusted_ca: server.pem}\n";
  }
}
