package dev.countersign.server.introspect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.introspection.IntrospectionJwt;
import dev.countersign.protocol.introspection.IntrospectionResponse;
import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.requirement.Requirement;
import dev.countersign.server.EndpointTest;
import dev.countersign.server.keys.SigningKeys;
import dev.countersign.server.kit.Params;
import dev.countersign.server.kit.RawJwt;
import dev.countersign.server.kit.Reply;
import dev.countersign.server.kit.TestClient;
import dev.countersign.server.kit.TestServer;
import java.net.URI;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * A signed answer is good for nothing but to be read. Here the worst of them is tried at each place
 * that takes tokens: signed by the server, with all that a good token says at its top.
 */
@Requirement({"9701-8", "ATT-63", "J-13"})
class AnswerElsewhereTest extends EndpointTest {
  private static final Params OWN = Params.of("grant_type", "client_credentials");

  @Override
  protected String configuration(String yaml) {
    return ("grant_management: {enabled: true}\n" + yaml)
        .replaceFirst(
            "(?s)(The Machine.*?scope: accounts)",
            "$1 countersign_operator grant_management_query");
  }

  private SigningKey serverKey() {
    return SigningKeys.load(
            server.store(),
            server.jose(),
            EnumSet.of(SignatureAlgorithm.ES256),
            server.random(),
            server.now())
        .key(SignatureAlgorithm.ES256);
  }

  private String as(String type, String token) {
    JsonObject claims =
        RawJwt.claims(token).toBuilder()
            .put("token_introspection", new IntrospectionResponse.Inactive().toJson())
            .build();
    return server.jose().sign(RawJwt.json(Map.of("typ", type)), claims, serverKey());
  }

  private Reply call(TestClient client, String token, URI url, String query) {
    return server.send(
        "GET",
        URI.create(url + query),
        List.of(
            Map.entry("Authorization", "DPoP " + token),
            Map.entry("DPoP", client.proofFor(token, "GET", url))),
        new byte[0]);
  }

  private String ofMachine(String scope) {
    Reply reply = server.machine().token(OWN.and("scope", scope));
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return reply.string("access_token");
  }

  @Test
  void isNoAccessTokenAtUserinfo() {
    String token = server.app().tokens().string("access_token");
    assertThat(server.app().userinfo(as("at+jwt", token)).status()).isEqualTo(200);
    assertThat(server.app().userinfo(as("token-introspection+jwt", token)).outcome())
        .isEqualTo("401 invalid_token");
  }

  @Test
  void isNoAccessTokenForAnOperator() {
    String token = ofMachine("countersign_operator");
    URI url = server.url("/operator/grants");
    assertThat(call(server.machine(), as("at+jwt", token), url, "?user=anna").status())
        .isEqualTo(200);
    assertThat(
            call(server.machine(), as("token-introspection+jwt", token), url, "?user=anna")
                .outcome())
        .isEqualTo("401 invalid_token");
  }

  @Test
  void isNoAccessTokenAtTheApiOfGrants() {
    String token = ofMachine("grant_management_query");
    URI url = server.url("/grants/" + "g".repeat(43));
    // The token is good, and there is no such grant.
    assertThat(call(server.machine(), as("at+jwt", token), url, "").status()).isEqualTo(404);
    assertThat(call(server.machine(), as("token-introspection+jwt", token), url, "").outcome())
        .isEqualTo("401 invalid_token");
  }

  @Test
  void isNoTokenToAskAboutOrToRevoke() {
    String token = server.app().tokens().string("access_token");
    String answer = as("token-introspection+jwt", token);
    TestClient app = server.app();
    assertThat(server.api().introspect(as("at+jwt", token)).text()).startsWith("{\"active\":true");
    assertThat(server.api().introspect(answer).text()).isEqualTo("{\"active\":false}");

    app.post(
        "/revoke", Params.of("token", answer).and(app.authenticatedBy(app.assertion())), List.of());
    assertThat(server.api().introspect(token).text()).startsWith("{\"active\":true");
  }

  @Test
  void isNoAssertionOfAClient() {
    TestClient app = server.app();
    String answer =
        IntrospectionJwt.sign(
            server.jose(),
            app.key(),
            TestServer.ISSUER,
            app.id(),
            new IntrospectionResponse.Inactive(),
            server.now());
    assertThat(app.post("/token", OWN.and(app.authenticatedBy(answer)), List.of()).outcome())
        .isEqualTo("401 invalid_client");
    JsonObject header = RawJwt.json(Map.of("typ", "token-introspection+jwt"));
    String best = server.jose().sign(header, app.assertionClaims(all -> {}), app.key());
    assertThat(app.post("/token", OWN.and(app.authenticatedBy(best)), List.of()).outcome())
        .isEqualTo("401 invalid_client");
  }

  @Test
  void isNoProof() {
    TestClient app = server.app();
    URI url = server.url("/token");
    JsonObject header = app.proofHeader(all -> all.put("typ", "token-introspection+jwt"));
    String proof =
        server.jose().sign(header, app.proofClaims("POST", url, all -> {}), app.dpopKey());
    assertThat(app.token(app.codeRequest(app.code()), proof).outcome())
        .isEqualTo("400 invalid_dpop_proof");
  }
}
