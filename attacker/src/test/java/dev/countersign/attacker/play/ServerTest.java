package dev.countersign.attacker.play;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.attacker.wire.Targets;
import dev.countersign.attacker.wire.Wire;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.testkit.ScriptedServer;
import dev.countersign.testkit.ScriptedServer.Reply;
import dev.countersign.testkit.TestTls;
import java.io.IOException;
import java.net.URI;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Why there is nothing to attack is said, so that it can be mended. */
class ServerTest {
  private static final String OIDC = "/.well-known/openid-configuration";
  private static final String OAUTH = "/.well-known/oauth-authorization-server";

  private ScriptedServer server;
  private URI issuer;

  @BeforeEach
  void start() {
    server = new ScriptedServer();
    issuer = server.uri("");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Server discover(UnaryOperator<Targets> with) throws IOException {
    try (Wire wire = with.apply(Targets.allowing(issuer)).wire()) {
      return Server.discover(new Issuer(issuer.toString()), wire.line(_ -> {}));
    }
  }

  private void fails(Reply reply, String why) {
    server.on(OIDC, _ -> reply);
    assertThatThrownBy(() -> discover(UnaryOperator.identity()))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("no metadata: ")
        .hasMessageContaining(OIDC + " " + why)
        .hasMessageContaining(OAUTH + " answered 404");
  }

  private static Reply json(String text) {
    return Reply.text(200, text).with("Content-Type", "application/json");
  }

  @Test
  void findsMetadataAtBothPlaces() throws IOException {
    server.on(OAUTH, _ -> Reply.json(200, Labs.metadata(issuer)));
    assertThat(discover(UnaryOperator.identity()).endpoint(Server.PAR))
        .contains(server.uri("/par"));
    server.on(OIDC, _ -> Reply.json(200, Labs.metadata(issuer)));
    assertThat(discover(UnaryOperator.identity()).endpoint(Server.TOKEN))
        .contains(server.uri("/token"));
  }

  @Test
  void takesNoMetadataOfAnotherIssuer() {
    JsonObject other = Labs.metadata(URI.create("https://evil.example"));
    fails(
        Reply.json(200, other),
        "names the issuer https://evil.example, and the target file " + issuer);
    fails(json("{}"), "names no issuer, and the target file " + issuer);
  }

  @Test
  void takesTheMetadataOfThisIssuerBesideThatOfAnother() throws IOException {
    server.on(OIDC, _ -> Reply.json(200, Labs.metadata(URI.create("https://evil.example"))));
    server.on(OAUTH, _ -> Reply.json(200, Labs.metadata(issuer)));
    assertThat(discover(UnaryOperator.identity()).endpoint(Server.PAR))
        .contains(server.uri("/par"));
  }

  @Test
  void takesNoEndpointInClear() {
    fails(
        json("{\"issuer\":\"" + issuer + "\",\"token_endpoint\":\"http://localhost/token\"}"),
        "names the token_endpoint http://localhost/token, which is not https");
    fails(
        json(
            "{\"issuer\":\""
                + issuer
                + "\",\"mtls_endpoint_aliases\":{\"token_endpoint\":\"http://localhost/t\"}}"),
        "names the token_endpoint http://localhost/t, which is not https");
  }

  @Test
  void saysWhatWasThereInstead() {
    fails(json("<html>"), "is not a JSON object");
    fails(json("{\"a\":\"" + "a".repeat(1024 * 1024) + "\"}"), "is larger than 1 MiB");
    fails(Reply.text(302, "").with("Location", "https://a.example/"), "redirects");
    fails(Reply.text(503, ""), "answered 503");
  }

  @Test
  void namesTheKeyOfAuthoritiesWhereTheCertificateIsNotTrusted() {
    server.on(OIDC, _ -> Reply.json(200, Labs.metadata(issuer)));
    assertThatThrownBy(
            () -> discover(one -> one.trusting(TestTls.forHost("localhost").certificate())))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is not trusted")
        .hasMessageContaining("key trust");
  }
}
