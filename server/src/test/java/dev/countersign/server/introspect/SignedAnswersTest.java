package dev.countersign.server.introspect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.introspection.IntrospectionJwt;
import dev.countersign.protocol.introspection.IntrospectionResponse;
import dev.countersign.protocol.jose.CompactJws;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.requirement.Requirement;
import dev.countersign.server.EndpointTest;
import dev.countersign.server.kit.Details;
import dev.countersign.server.kit.Params;
import dev.countersign.server.kit.Reply;
import dev.countersign.server.kit.TestClient;
import dev.countersign.server.kit.TestServer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that a resource server wants signed. */
@Requirement({"IN-3"})
class SignedAnswersTest extends EndpointTest {

  private Reply ask(TestClient caller, String token, String accept) {
    Params form = Params.of("token", token).and(caller.authenticatedBy(caller.assertion()));
    return server.send(
        "POST",
        server.url("/introspect"),
        List.of(
            Map.entry("Content-Type", "application/x-www-form-urlencoded"),
            Map.entry("Accept", accept)),
        form.encode().getBytes(UTF_8));
  }

  private IntrospectionResponse verified(Reply reply, ClientId audience) throws Exception {
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    assertThat(reply.header("Content-Type")).contains(IntrospectionJwt.MEDIA_TYPE);
    assertThat(reply.header("Cache-Control")).contains("no-store");
    return IntrospectionJwt.verify(
        server.jose(),
        CompactJws.parse(reply.text()),
        JwkSet.parse(server.get(server.url("/jwks")).json()),
        TestServer.ISSUER,
        audience,
        server.now());
  }

  @Test
  void saysTheSameSignedAsUnsigned() throws Exception {
    String token = server.app().tokens().string("access_token");
    TestClient api = server.api();

    Reply signed = ask(api, token, IntrospectionJwt.MEDIA_TYPE);

    IntrospectionResponse answer = verified(signed, api.id());
    assertThat(answer).isInstanceOf(IntrospectionResponse.Active.class);
    assertThat(answer.toJson()).isEqualTo(api.introspect(token).json());
  }

  @Test
  void saysNothingOfATokenOfAnotherResourceServer() throws Exception {
    String token = server.app().tokens().string("access_token");
    TestClient reports = server.reports();

    Reply signed = ask(reports, token, IntrospectionJwt.MEDIA_TYPE);

    assertThat(verified(signed, reports.id())).isEqualTo(new IntrospectionResponse.Inactive());
    assertThat(CompactJws.parse(signed.text()).unverifiedClaims().names())
        .containsExactly("iss", "aud", "iat", "token_introspection");
  }

  @ParameterizedTest
  @ValueSource(strings = {Details.ACCOUNTS, Details.HEALTH})
  @Requirement({"RAR-9.2-1", "RAR-2-2"})
  void hasTheDetailsOfTheCallerWhetherTheTokenHasThemItselfOrNot(String object) throws Exception {
    String here = Details.at(object, TestServer.API);
    String there = Details.at(Details.LESS, TestServer.REPORTS);
    TestClient app = server.app();
    Params request =
        app.authorizationRequest()
            .with("scope", "accounts reports")
            .and("resource", TestServer.API)
            .and("resource", TestServer.REPORTS)
            .and("authorization_details", Details.array(here, there));
    String token = app.token(app.codeRequest(app.code(request))).string("access_token");

    TestClient api = server.api();
    Reply signed = ask(api, token, IntrospectionJwt.MEDIA_TYPE);

    var answer = (IntrospectionResponse.Active) verified(signed, api.id());
    assertThat(answer.authorizationDetails()).isEqualTo(Details.of(here));
    assertThat(answer.scope()).contains(Scope.of("accounts"));
    assertThat(
            CompactJws.parse(signed.text())
                .unverifiedClaims()
                .object("token_introspection")
                .orElseThrow()
                .objects("authorization_details")
                .orElseThrow())
        .hasSize(1);
  }

  @Test
  void answersInJsonToWhoeverDoesNotAskForAJwt() {
    for (String accept : List.of("application/json", "*/*", "application/jwt")) {
      Reply reply = ask(server.api(), "x", accept);
      assertThat(reply.text()).isEqualTo("{\"active\":false}");
      assertThat(reply.header("Content-Type")).contains("application/json");
    }
  }

  @Test
  void neverPassesAsAnAccessToken() {
    String token = server.app().tokens().string("access_token");
    String answer = ask(server.api(), token, IntrospectionJwt.MEDIA_TYPE).text();

    assertThat(server.app().userinfo(answer).outcome()).isEqualTo("401 invalid_token");
    assertThat(server.api().introspect(answer).text()).isEqualTo("{\"active\":false}");
  }
}
