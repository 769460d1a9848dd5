package dev.countersign.server.introspect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.introspection.IntrospectionJwt;
import dev.countersign.protocol.introspection.IntrospectionResponse;
import dev.countersign.protocol.jose.CompactJws;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.requirement.Requirement;
import dev.countersign.server.EndpointTest;
import dev.countersign.server.kit.Params;
import dev.countersign.server.kit.Reply;
import dev.countersign.server.kit.TestClient;
import dev.countersign.server.kit.TestServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A resource server of which Message Signing is demanded, beside one that just wants EdDSA. */
class StrictCallersTest extends EndpointTest {
  private static final String JWT = IntrospectionJwt.MEDIA_TYPE;

  @Override
  protected String configuration(String yaml) {
    return yaml.replace(
            "  - client_id: api\n", "  - client_id: api\n    profile: fapi2-message-signing\n")
        .replace(
            "  - client_id: reports\n",
            "  - client_id: reports\n    introspection_signed_response_alg: EdDSA\n");
  }

  private Reply ask(Params form, String... accept) {
    List<Map.Entry<String, String>> headers = new ArrayList<>();
    headers.add(Map.entry("Content-Type", "application/x-www-form-urlencoded"));
    List.of(accept).forEach(value -> headers.add(Map.entry("Accept", value)));
    return server.send("POST", server.url("/introspect"), headers, form.encode().getBytes(UTF_8));
  }

  private Reply ask(TestClient caller, String token, String... accept) {
    return ask(Params.of("token", token).and(caller.authenticatedBy(caller.assertion())), accept);
  }

  private String token() {
    return server.app().tokens().string("access_token");
  }

  private IntrospectionResponse verified(Reply reply, TestClient audience) throws Exception {
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return IntrospectionJwt.verify(
        server.jose(),
        CompactJws.parse(reply.text()),
        JwkSet.parse(server.get(server.url("/jwks")).json()),
        TestServer.ISSUER,
        audience.id(),
        server.now());
  }

  @Test
  @Requirement({"MS-5.5.1-1", "MS-5.5.2-1", "9701-1", "9701-3", "9701-4"})
  void isAnsweredSignedIfItAsksForThat() throws Exception {
    Reply reply = ask(server.api(), token(), JWT);

    assertThat(verified(reply, server.api())).isInstanceOf(IntrospectionResponse.Active.class);
    assertThat(reply.header("Content-Type")).contains(JWT);
    CompactJws jwt = CompactJws.parse(reply.text());
    assertThat(jwt.type()).contains("token-introspection+jwt");
    assertThat(jwt.algorithm()).isEqualTo(SignatureAlgorithm.ES256);
    assertThat(jwt.kid()).isPresent();
    assertThat(jwt.unverifiedClaims().string("iss")).contains(TestServer.ISSUER.value());
    assertThat(jwt.unverifiedClaims().string("aud")).contains("api");
    assertThat(jwt.unverifiedClaims().integer("iat")).contains(server.now().getEpochSecond());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "application/json",
        "*/*",
        "application/*",
        "application/jwt",
        "application/token-introspection+jwt;q=0"
      })
  @Requirement({"MS-5.5.2-1", "9701-1"})
  void isRefusedIfItDoesNot(String accept) {
    String[] fields = accept.isEmpty() ? new String[0] : new String[] {accept};
    Reply reply = ask(server.api(), token(), fields);

    assertThat(reply.outcome()).isEqualTo("400 invalid_request");
    assertThat(reply.json().has("active")).isFalse();
    assertThat(server.logged("rule")).contains("MS-5.5.2-1");
    // Another is answered in either form.
    assertThat(ask(server.reports(), token(), fields).text()).isEqualTo("{\"active\":false}");
  }

  @Test
  @Requirement({"MS-5.5.2-1", "CA-3"})
  void hasItsAssertionLeftWhereItWasRefusedForTheForm() {
    TestClient api = server.api();
    Params form = Params.of("token", token()).and(api.authenticatedBy(api.assertion()));

    assertThat(ask(form).outcome()).isEqualTo("400 invalid_request");
    assertThat(ask(form, JWT).status()).isEqualTo(200);
    assertThat(ask(form, JWT).outcome()).isEqualTo("400 invalid_client");
    assertThat(server.logged("rule")).contains("CA-3");
    assertThat(server.logged("detail")).isEmpty();
  }

  @Test
  @Requirement({"9701-9", "MS-5.5.1-1", "SP-5.4.1-1.2"})
  void isSignedByTheAlgorithmThatTheCallerIsRegisteredFor() throws Exception {
    Reply reply = ask(server.reports(), "x", JWT);

    assertThat(CompactJws.parse(reply.text()).algorithm()).isEqualTo(SignatureAlgorithm.EDDSA);
    assertThat(verified(reply, server.reports()))
        .isInstanceOf(IntrospectionResponse.Inactive.class);
  }

  @Test
  @Requirement({"9701-5", "9701-6", "ATT-54"})
  void learnsNothingOfATokenThatIsNotGoodForIt() throws Exception {
    String expired = token();
    server.pass(Duration.ofMinutes(5));
    TestClient app = server.app();
    Reply revoked = app.tokens();
    app.post(
        "/revoke",
        Params.of("token", revoked.string("refresh_token"))
            .and(app.authenticatedBy(app.assertion())),
        List.of());
    String ofReports =
        app.token(
                app.codeRequest(
                    app.code(
                        app.authorizationRequest()
                            .with("scope", "reports")
                            .and("resource", TestServer.REPORTS))))
            .string("access_token");
    for (String token :
        List.of(
            expired,
            revoked.string("access_token"),
            ofReports,
            revoked.string("id_token"),
            "unknown")) {
      CompactJws jwt = CompactJws.parse(ask(server.api(), token, JWT).text());
      assertThat(jwt.unverifiedClaims().object("token_introspection").orElseThrow().toJson())
          .isEqualTo("{\"active\":false}");
      assertThat(jwt.unverifiedClaims().names())
          .containsExactly("iss", "aud", "iat", "token_introspection");
    }
  }

  @Test
  @Requirement({"9701-6", "9701-7"})
  void learnsOfAGoodOneWhatConcernsItAndNothingBesideTheAnswer() throws Exception {
    TestClient app = server.app();
    String both =
        app.token(
                app.codeRequest(
                    app.code(
                        app.authorizationRequest()
                            .with("scope", "openid accounts reports")
                            .and("resource", TestServer.API)
                            .and("resource", TestServer.REPORTS))))
            .string("access_token");

    CompactJws jwt = CompactJws.parse(ask(server.api(), both, JWT).text());

    assertThat(jwt.unverifiedClaims().names())
        .containsExactly("iss", "aud", "iat", "token_introspection");
    assertThat(jwt.unverifiedClaims().object("token_introspection").orElseThrow().string("scope"))
        .contains("openid accounts");
  }

  @Test
  @Requirement({"9701-2", "IN-1", "MS-6.2", "ATT-54", "A7-12"})
  void anybodyElseIsRefusedWith400WhereAJwtIsAskedForAndWith401WhereNot() {
    Params token = Params.of("token", token());
    TestClient api = server.api();
    TestClient impostor = server.impostor(api.id());
    TestClient app = server.app();
    List<Params> strangers =
        List.of(
            token,
            token.and("client_id", "api"),
            token.and(impostor.authenticatedBy(impostor.assertion())),
            // A client, which is no resource server.
            token.and(app.authenticatedBy(app.assertion())));
    for (Params form : strangers) {
      Reply signed = ask(form, JWT);
      assertThat(signed.outcome()).isEqualTo("400 invalid_client");
      assertThat(signed.header("Content-Type")).contains("application/json");
      assertThat(signed.header("Cache-Control")).contains("no-store");
      assertThat(ask(form, "application/json").outcome()).isEqualTo("401 invalid_client");
    }
  }

  @Test
  @Requirement("9701-2")
  void refusesOtherFaultsOfTheRequestAsEver() {
    assertThat(
            ask(Params.of().and(server.api().authenticatedBy(server.api().assertion())), JWT)
                .outcome())
        .isEqualTo("400 invalid_request");
  }
}
