package dev.countersign.server.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.accesstoken.AccessTokenClaims;
import dev.countersign.protocol.accesstoken.AccessTokenVerifier;
import dev.countersign.protocol.accesstoken.Confirmation;
import dev.countersign.protocol.jose.InvalidJwkException;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.oauth.AccessToken;
import dev.countersign.requirement.Requirement;
import dev.countersign.server.EndpointTest;
import dev.countersign.server.kit.Params;
import dev.countersign.server.kit.Reply;
import dev.countersign.server.kit.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientCredentialsGrantTest extends EndpointTest {
  private static final Params REQUEST = Params.of("grant_type", "client_credentials");

  @Test
  @Requirement({"AT-2", "DP-6", "SP-5.3.2.1-4"})
  void issuesTheClientABoundTokenForItself() throws InvalidJwkException {
    Reply reply = server.machine().token(REQUEST.and("scope", "accounts"));
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    assertThat(reply.json().names())
        .containsExactly("access_token", "token_type", "expires_in", "scope");
    AccessTokenClaims claims =
        new AccessTokenVerifier(server.jose(), TestServer.ISSUER, TestServer.API)
            .verify(
                new AccessToken(reply.string("access_token")),
                JwkSet.parse(server.get(server.url("/jwks")).json()),
                server.now())
            .claims();
    assertThat(claims.sub().value()).isEqualTo("machine");
    assertThat(claims.cnf())
        .isEqualTo(new Confirmation.DpopKey(server.machine().dpopKey().thumbprint()));
    assertThat(claims.authTime()).isEmpty();
  }

  @Test
  @Requirement({"SP-5.3.2.1-14", "AT-5"})
  void withoutScopeGivesWhatTheClientMayDoAtTheResource() {
    assertThat(server.app().token(REQUEST).string("scope")).isEqualTo("accounts payments");
    assertThat(server.app().token(REQUEST.and("resource", TestServer.REPORTS)).string("scope"))
        .isEqualTo("reports");
  }

  @Test
  @Requirement({"OA-3"})
  void refusesAScopeBeyondTheClients() {
    assertThat(server.machine().token(REQUEST.and("scope", "payments")).outcome())
        .isEqualTo("400 invalid_scope");
  }

  @Test
  void refusesOpenIdBecauseThereIsNoPerson() {
    assertThat(server.app().token(REQUEST.and("scope", "openid accounts")).outcome())
        .isEqualTo("400 invalid_scope");
  }

  @Test
  @Requirement({"OA-11"})
  void refusesAnUnknownResource() {
    assertThat(server.machine().token(REQUEST.and("resource", "https://x.example")).outcome())
        .isEqualTo("400 invalid_target");
  }

  @Test
  @Requirement({"OA-3"})
  void refusesAClientThatIsNotRegisteredForTheGrant() {
    assertThat(server.other().token(REQUEST).outcome()).isEqualTo("400 unauthorized_client");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"password", "implicit", "urn:ietf:params:oauth:grant-type:jwt-bearer", "Password"})
  @Requirement({"SP-5.3.2.1-2", "BCP-2.4"})
  void refusesOtherGrantTypes(String grantType) {
    Params request = Params.of("grant_type", grantType, "username", "anna", "password", "secret");
    assertThat(server.app().token(request).outcome()).isEqualTo("400 unsupported_grant_type");
  }

  @Test
  @Requirement({"OA-3"})
  void refusesARequestWithoutGrantType() {
    assertThat(server.app().token(Params.of("scope", "accounts")).outcome())
        .isEqualTo("400 invalid_request");
  }
}
