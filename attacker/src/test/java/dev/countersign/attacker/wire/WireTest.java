package dev.countersign.attacker.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.attacker.deployment.Bounds;
import dev.countersign.attacker.deployment.Target;
import dev.countersign.attacker.deployment.TestUser;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.testkit.ScriptedServer;
import dev.countersign.testkit.ScriptedServer.Reply;
import dev.countersign.testkit.TestTls;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nothing is sent that the target file does not allow. */
class WireTest {
  private final List<Exchange> heard = new ArrayList<>();
  private ScriptedServer server;
  private URI url;

  @BeforeEach
  void start() {
    server = new ScriptedServer();
    server.on("/here", _ -> Reply.json(200, JsonObject.builder().put("a", "b").build()));
    server.on("/away", _ -> Reply.text(302, "").with("Location", "https://elsewhere.invalid/"));
    url = server.uri("/here");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static String authority(URI url) {
    return url.getHost() + ":" + url.getPort();
  }

  private Wire wire(int most, String... allow) {
    return wire(most, List.of(), allow);
  }

  private Wire wire(int most, List<TestUser> users, String... allow) {
    Bounds bounds = new Bounds(Set.of(allow), 1000, most, Duration.ofSeconds(5), false);
    return new Wire(
        new Target(
            new Issuer("https://as.example"),
            bounds,
            List.of(TestTls.LOCALHOST.certificate()),
            List.of(),
            users,
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of()));
  }

  private Answer get(Wire wire, URI to) throws IOException {
    return wire.line(heard::add)
        .send(new Outgoing(Move.OTHER, "GET", to, List.of(), new byte[0], Optional.empty()));
  }

  @Test
  void reachesAHostThatIsAllowed() throws IOException {
    try (Wire wire = wire(10, authority(url))) {
      Answer answer = get(wire, url);

      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.member("a")).contains("b");
      assertThat(wire.sent()).isOne();
      assertThat(heard).hasSize(1);
    }
  }

  @Test
  void reachesNoOtherPortOfAnAllowedHost() {
    try (Wire wire = wire(10, url.getHost() + ":1")) {
      assertThatThrownBy(() -> get(wire, url))
          .isInstanceOf(OutOfBoundsException.class)
          .hasMessageContaining(authority(url));
      assertThatThrownBy(() -> wire.connect(url)).isInstanceOf(OutOfBoundsException.class);
      assertThatThrownBy(() -> wire.connectTls(url, Optional.empty()))
          .isInstanceOf(OutOfBoundsException.class);
      assertThatThrownBy(
              () -> wire.line(heard::add).raw(Move.OTHER, url, new byte[0], Optional.empty()))
          .isInstanceOf(OutOfBoundsException.class);
    }
    assertThat(server.received()).isEmpty();
  }

  @Test
  void followsNoRedirectByItself() throws IOException {
    try (Wire wire = wire(10, authority(url))) {
      Answer answer = get(wire, server.uri("/away"));

      assertThat(answer.location()).contains(URI.create("https://elsewhere.invalid/"));
      assertThat(wire.sent()).isOne();
    }
  }

  @Test
  void endsAtTheBoundOfRequests() throws IOException {
    try (Wire wire = wire(2, authority(url))) {
      get(wire, url);
      get(wire, url);
      assertThatThrownBy(() -> get(wire, url))
          .isInstanceOf(OutOfBoundsException.class)
          .hasMessageContaining("2 requests");
    }
    assertThat(server.received()).hasSize(2);
  }

  @Test
  void sendsBytesAsTheyAre() throws IOException {
    String request =
        "GET /here HTTP/1.1\r\nHost: x\r\nX-A: 1\r\nX-A: 2\r\nConnection: close\r\n\r\n";
    try (Wire wire = wire(10, authority(url))) {
      Answer answer =
          wire.line(heard::add)
              .raw(
                  Move.OTHER, url, request.getBytes(StandardCharsets.ISO_8859_1), Optional.empty());

      assertThat(answer.status()).isEqualTo(200);
      assertThat(server.received().getFirst().headers().all("X-A")).containsExactly("1", "2");
    }
  }

  @Test
  void shortensSecretsInWhatIsKept() throws IOException {
    String secret = "s3cr3t-value-of-a-token";
    server.on(
        "/token",
        _ ->
            Reply.json(
                    200,
                    JsonObject.builder()
                        .put("access_token", secret)
                        .put("refresh_token", secret)
                        .build())
                .with("Set-Cookie", "session=" + secret + "; Secure"));
    byte[] form =
        ("grant_type=authorization_code&code=" + secret + "&code_verifier=" + secret)
            .getBytes(StandardCharsets.UTF_8);
    try (Wire wire = wire(10, authority(url))) {
      wire.line(heard::add)
          .send(
              new Outgoing(
                  Move.CALLBACK,
                  "POST",
                  URI.create(server.uri("/token") + "?request_uri=" + secret),
                  List.of(
                      Map.entry("Content-Type", "application/x-www-form-urlencoded"),
                      Map.entry("Authorization", "DPoP " + secret),
                      Map.entry("Cookie", "session=" + secret)),
                  form,
                  Optional.empty()));
    }
    assertThat(heard.toString())
        .doesNotContain(secret)
        .contains("grant_type=authorization_code", "DPoP s3cr", "code=s3cr", "23 characters");
  }

  @Test
  void keepsNothingThatAPersonTypes() throws IOException {
    TestUser alice =
        new TestUser("alice", Map.of("login", "alice77", "pin code", "very secret"), List.of());
    byte[] form = "a=b&login=alice77&pin+code=very+secret".getBytes(StandardCharsets.UTF_8);
    try (Wire wire = wire(10, List.of(alice), authority(url))) {
      wire.line(heard::add)
          .send(
              new Outgoing(
                  Move.AUTHORIZE,
                  "POST",
                  url,
                  List.of(Map.entry("Content-Type", "application/x-www-form-urlencoded")),
                  form,
                  Optional.empty()));
    }
    assertThat(heard.toString()).contains("a=b&login=…&pin+code=…").doesNotContain("alice77");
    assertThat(server.received().getFirst().form().value("pin code")).contains("very secret");
  }
}
