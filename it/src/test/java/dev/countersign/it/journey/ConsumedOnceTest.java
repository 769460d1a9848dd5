package dev.countersign.it.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.client.ClientException;
import dev.countersign.client.Tokens;
import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.pkce.CodeVerifier;
import dev.countersign.requirement.Requirement;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing is used up by a refusal, everything by success, and a replay ends what it replays. */
class ConsumedOnceTest {
  private World world;
  private RawClient app;

  @BeforeEach
  void start(@TempDir Path folder) {
    world = new World(folder, Jose.jdk());
    app = world.app();
  }

  @AfterEach
  void stop() {
    world.close();
  }

  @Test
  @Requirement({"DP-13", "SP-5.3.2.1-10", "CA-3"})
  void aWantedNonceUsesUpNeitherAssertionNorCode() {
    CodeVerifier verifier = CodeVerifier.random(world.random());
    Form push = app.authorizationRequest(verifier);
    URI par = world.metadata().parEndpoint().orElseThrow();

    Exchange challenged = app.post(par, push, Optional.empty());
    assertThat(challenged.outcome()).isEqualTo("400 use_dpop_nonce");
    Exchange pushed = app.post(par, push, challenged.header("DPoP-Nonce"));
    assertThat(pushed.outcome()).isEqualTo("201");
    assertThat(app.post(par, push, challenged.header("DPoP-Nonce")).outcome())
        .isEqualTo("401 invalid_client");

    Form redeem = app.codeRequest(code(pushed), verifier);
    URI token = app.tokenEndpoint();
    Exchange again = app.post(token, redeem, Optional.empty());
    assertThat(again.outcome()).isEqualTo("400 use_dpop_nonce");
    assertThat(app.post(token, redeem, again.header("DPoP-Nonce")).outcome()).isEqualTo("200");
    assertThat(app.post(token, redeem, again.header("DPoP-Nonce")).outcome())
        .isEqualTo("401 invalid_client");
  }

  @Test
  @Requirement({"SP-5.3.2.2-9", "SP-6.8-4", "SP-5.3.4-3"})
  void aCodeThatItsClientReplaysEndsItsTokensAtOnce() throws ClientException {
    Tokens tokens = world.journey(world.client());
    assertThat(app.userinfo(tokens.accessToken()).status()).isEqualTo(200);

    assertThat(app.token(redemption()).outcome()).isEqualTo("400 invalid_grant");

    Exchange refused = app.userinfo(tokens.accessToken());
    assertThat(refused.status()).isEqualTo(401);
    assertThat(refused.header("WWW-Authenticate").orElseThrow()).contains("invalid_token");
    assertThat(app.refresh(tokens.refreshToken().orElseThrow().reveal()).outcome())
        .isEqualTo("400 invalid_grant");
  }

  @Test
  @Requirement({"SP-5.3.2.2-9"})
  void aCodeThatAnotherClientReplaysEndsNothing() throws ClientException {
    Tokens tokens = world.journey(world.client());

    assertThat(world.other().token(redemption()).outcome()).isEqualTo("400 invalid_grant");

    assertThat(app.userinfo(tokens.accessToken()).status()).isEqualTo(200);
    assertThat(app.refresh(tokens.refreshToken().orElseThrow().reveal()).outcome())
        .isEqualTo("200");
  }

  private Form redemption() {
    return world
        .wire()
        .newest(app.tokenEndpoint(), one -> one.status() == 200 && one.form().has("code"))
        .form();
  }

  private String code(Exchange pushed) {
    URI authorize =
        URI.create(
            world.metadata().authorizationEndpoint().orElseThrow()
                + "?client_id="
                + app.id().value()
                + "&request_uri="
                + pushed.member("request_uri").orElseThrow());
    return Form.parseQuery(world.agreed(authorize, world.password()).getRawQuery())
        .required("code");
  }
}
