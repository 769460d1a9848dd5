package dev.countersign.server.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.accesstoken.AccessTokenClaims;
import dev.countersign.protocol.accesstoken.Confirmation;
import dev.countersign.protocol.accesstoken.GrantHandles;
import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.oauth.AccessToken;
import dev.countersign.protocol.oauth.AuthorizationCode;
import dev.countersign.protocol.oauth.Jti;
import dev.countersign.protocol.oauth.RefreshToken;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.protocol.rar.AuthorizationDetails;
import dev.countersign.requirement.Requirement;
import dev.countersign.server.EndpointTest;
import dev.countersign.server.keys.SigningKeys;
import dev.countersign.server.kit.Reply;
import dev.countersign.server.kit.TestServer;
import dev.countersign.store.Codes.RedeemOutcome;
import dev.countersign.store.NewAccessToken;
import dev.countersign.store.NewRefreshToken;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Grants of a person whose account was removed: here nobody has the subject {@code u-anna}. */
class RemovedAccountTest extends EndpointTest {

  @Override
  protected String configuration(String yaml) {
    return yaml.replace("sub: u-anna", "sub: u-somebody-else");
  }

  @Test
  @Requirement({"OA-6"})
  void redeemsNoCode() {
    assertThat(server.app().token(server.app().codeRequest(server.app().code())).outcome())
        .isEqualTo("400 invalid_grant");
  }

  @Test
  @Requirement({"OA-6"})
  void refreshesNothing() {
    RefreshToken refreshToken = RefreshToken.random(server.random());
    grant(Jti.random(server.random()), refreshToken);
    assertThat(server.app().token(server.app().refreshRequest(refreshToken.reveal())).outcome())
        .isEqualTo("400 invalid_grant");
  }

  @Test
  @Requirement({"SP-5.3.4-3"})
  void tellsNothingAtUserinfo() {
    Jti jti = new Jti("token-of-before");
    grant(jti, RefreshToken.random(server.random()));
    Reply reply = server.app().userinfo(accessToken(jti).reveal());
    assertThat(reply.status()).isEqualTo(401);
    assertThat(reply.header("WWW-Authenticate").orElseThrow()).contains("invalid_token");
    assertThat(server.logged("rule")).contains("SP-5.3.4-3");
  }

  /** A grant as it was made while the account was there. */
  private void grant(Jti jti, RefreshToken refreshToken) {
    String requestUri =
        server.app().push(server.app().authorizationRequest()).string("request_uri");
    AuthorizationCode code = server.approve(requestUri);
    RedeemOutcome outcome =
        server
            .store()
            .redeemCode(
                code.digest(),
                server.app().id(),
                new NewAccessToken(jti, server.now().plusSeconds(300)),
                Optional.of(new NewRefreshToken(refreshToken.digest(), Optional.empty())),
                Set.of(),
                server.now());
    assertThat(outcome).isInstanceOf(RedeemOutcome.Redeemed.class);
  }

  private AccessToken accessToken(Jti jti) {
    Instant now = server.now();
    SigningKey key =
        SigningKeys.load(
                server.store(),
                server.jose(),
                Set.of(SignatureAlgorithm.ES256),
                server.random(),
                now)
            .key(SignatureAlgorithm.ES256);
    return new AccessTokenClaims(
            TestServer.ISSUER,
            TestServer.ANNA,
            List.of(server.url("/userinfo").toString()),
            server.app().id(),
            jti,
            now,
            now.plusSeconds(300),
            Scope.parse("openid"),
            new Confirmation.DpopKey(server.app().dpopKey().thumbprint()),
            Optional.empty(),
            Optional.empty(),
            AuthorizationDetails.NONE,
            GrantHandles.NONE)
        .sign(server.jose(), key);
  }
}
