package dev.countersign.server;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.countersign.requirement.Requirement;
import dev.countersign.server.kit.Params;
import dev.countersign.server.kit.RawJwt;
import dev.countersign.server.kit.Reply;
import dev.countersign.server.kit.TestClient;
import dev.countersign.server.kit.TestServer;
import dev.countersign.server.metrics.ServerMetrics;
import dev.countersign.testkit.CapturedLog;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of clients that change while the server runs. */
class ClientReloadTest {
  private static final Params MACHINE = Params.of("grant_type", "client_credentials");
  private static final String UNKNOWN = "401 invalid_client";
  private static final String LOGGER = "dev.countersign.server.ClientReload";

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final CapturedLog log = CapturedLog.aside(LOGGER, Level.INFO);

  @TempDir private Path folder;
  private TestServer server;
  private TestClient guest;

  @BeforeEach
  void start() throws IOException {
    Files.createDirectory(folder.resolve("clients"));
    server =
        new TestServer(
            folder,
            yaml -> yaml.replace("clients:\n", "clients_dir: clients\nclients:\n"),
            ServerMetrics.to(registry));
    guest = server.stranger();
  }

  @AfterEach
  void stop() {
    log.close();
    server.close();
  }

  private static String registration(TestClient client) {
    return """
    client_id: %s
    name: The Guest
    jwks: %s
    redirect_uris: ['%s']
    grant_types: [authorization_code, refresh_token, client_credentials]
    scope: openid accounts offline_access
    """
        .formatted(client.id(), client.jwks(), client.redirectUri());
  }

  private void write(String text) throws IOException {
    Files.writeString(server.file("clients/guest.yaml"), text);
    server.reloadClients();
  }

  private void remove() throws IOException {
    Files.delete(server.file("clients/guest.yaml"));
    server.reloadClients();
  }

  @Test
  void takesANewClientWithoutARestart() throws IOException {
    assertThat(guest.token(MACHINE).outcome()).isEqualTo(UNKNOWN);
    write(registration(guest));
    assertThat(guest.token(MACHINE).status()).isEqualTo(200);
    assertThat(guest.tokens().status()).isEqualTo(200);
    assertThat(log.text()).contains("clients taken over", "clients=4", "new_or_changed=stranger");
    assertThat(server.app().token(MACHINE).status()).isEqualTo(200);
  }

  @Test
  @Requirement("SP-6.8-1")
  void takesANewKeyAndRefusesTheOldOne() throws IOException {
    TestClient rotated = server.impostor(guest.id());
    write(registration(guest));
    assertThat(rotated.token(MACHINE).outcome()).isEqualTo(UNKNOWN);
    write(registration(rotated));
    assertThat(rotated.token(MACHINE).status()).isEqualTo(200);
    assertThat(guest.token(MACHINE).outcome()).isEqualTo(UNKNOWN);
  }

  @Test
  @Requirement("SP-6.8-4")
  void removesAClientWhateverStandsInTheFileOfAnother() throws IOException {
    write(registration(guest));
    Path deep = server.file("clients/deep.yaml");
    Files.writeString(deep, "a: " + "[".repeat(100_000));

    remove();

    assertThat(guest.token(MACHINE).outcome()).isEqualTo(UNKNOWN);
    assertThat(log.text()).contains("clients/deep.yaml:1: is nested too deeply");
    TestClient other = server.stranger();
    Files.writeString(deep, "# " + "[".repeat(100_000) + "\n" + registration(other));
    server.reloadClients();
    assertThat(other.token(MACHINE).status()).isEqualTo(200);
  }

  @Test
  @Requirement({"SP-5.3.4-3", "OA-6", "IN-4"})
  void refusesARemovedClientAtOnceEverywhere() throws IOException {
    write(registration(guest));
    Reply tokens = guest.tokens();
    String accessToken = tokens.string("access_token");
    String refreshToken = tokens.string("refresh_token");
    String ownToken = guest.token(MACHINE).string("access_token");
    String code = guest.code();
    String requestUri = pushed();
    assertThat(page(pushed())).isEqualTo(200);
    assertThat(guest.userinfo(accessToken).status()).isEqualTo(200);
    assertThat(List.of(accessToken, ownToken)).allMatch(this::isActive);

    remove();
    assertThat(guest.push(guest.authorizationRequest()).outcome()).isEqualTo(UNKNOWN);
    assertThat(guest.token(MACHINE).outcome()).isEqualTo(UNKNOWN);
    assertThat(guest.token(guest.codeRequest(code)).outcome()).isEqualTo(UNKNOWN);
    assertThat(guest.token(guest.refreshRequest(refreshToken)).outcome()).isEqualTo(UNKNOWN);
    assertThat(guest.userinfo(accessToken).challenge().toString()).contains("invalid_token");
    assertThat(List.of(accessToken, ownToken)).noneMatch(this::isActive);
    assertThat(page(requestUri)).isGreaterThanOrEqualTo(400);
    assertThat(log.text()).contains("removed=stranger");
  }

  /** What an API is told that asks. */
  private boolean isActive(String token) {
    return server.api().introspect(token).text().contains("\"active\":true");
  }

  private String pushed() {
    return guest.push(guest.authorizationRequest()).string("request_uri");
  }

  /** Follows the browser's redirect to the first page; its status. */
  private int page(String requestUri) {
    Params query = Params.of("client_id", guest.id().value(), "request_uri", requestUri);
    Reply opened = server.get(URI.create(server.url("/authorize") + "?" + query.encode()));
    if (opened.status() != 303) {
      return opened.status();
    }
    String cookies =
        String.join(
            "; ", opened.all("Set-Cookie").stream().map(one -> one.split(";", 2)[0]).toList());
    URI next = URI.create(opened.header("Location").orElseThrow());
    return server.send("GET", next, List.of(Map.entry("Cookie", cookies)), new byte[0]).status();
  }

  @Test
  void aBrokenFileIsNamedOnceAndChangesNothing() throws IOException {
    write(registration(guest));
    write(registration(guest).replace("scope:", "scop:"));
    server.reloadClients();
    assertThat(guest.token(MACHINE).status()).isEqualTo(200);
    assertThat(log.texts().stream().filter(line -> line.startsWith("ERROR")))
        .satisfiesExactly(
            missing -> assertThat(missing).contains("clients/guest.yaml:1: scope: is missing"),
            surplus -> assertThat(surplus).contains("clients/guest.yaml:6: scop: is not a key"));
    assertThat(registry.get("countersign.clients.problems").gauge().value()).isEqualTo(2);

    write(registration(guest).replace("openid accounts", "openid"));
    assertThat(guest.token(MACHINE.and("scope", "accounts")).outcome())
        .isEqualTo("400 invalid_scope");
    assertThat(registry.get("countersign.clients.problems").gauge().value()).isZero();
  }

  @Test
  @Requirement({"PAR-13", "SP-5.3.2.1-14"})
  void aCodeOpensNothingThatItsClientLostSince() throws IOException {
    write(registration(guest));
    assertThat(guest.tokens().string("scope")).isEqualTo("openid accounts");
    String code = guest.code();
    write(registration(guest).replace("openid accounts", "openid"));
    Reply tokens = guest.token(guest.codeRequest(code));
    assertThat(tokens.string("scope")).isEqualTo("openid");
    assertThat(RawJwt.claims(tokens.string("access_token")).toJson()).doesNotContain("accounts");
  }

  @Test
  void takesWhatTheMainFileSaysOfClients() throws IOException {
    Path main = server.file("countersign.yaml");
    String before = Files.readString(main);
    Files.writeString(main, before.replace("client_id: machine", "client_id: engine"));
    server.reloadClients();
    assertThat(server.machine().token(MACHINE).outcome()).isEqualTo(UNKNOWN);
    Files.writeString(main, before);
    server.reloadClients();
    assertThat(server.machine().token(MACHINE).status()).isEqualTo(200);
  }

  @Test
  void countsWhatItTakesOver() throws IOException {
    assertThat(registry.get("countersign.clients").gauge().value()).isEqualTo(3);
    server.reloadClients();
    write(registration(guest));
    assertThat(registry.get("countersign.clients").gauge().value()).isEqualTo(4);
    remove();
    assertThat(registry.get("countersign.clients").gauge().value()).isEqualTo(3);
    assertThat(registry.get("countersign.clients.reloads").counter().count()).isEqualTo(2);
  }

  @Test
  void looksByItself(@TempDir Path other) throws IOException {
    Files.createDirectory(other.resolve("clients"));
    try (TestServer watching =
        new TestServer(
            other,
            yaml ->
                yaml.replace("clients_reload: none", "clients_reload: 1s")
                    .replace("clients:\n", "clients_dir: clients\nclients:\n"))) {
      TestClient late = watching.stranger();
      Files.writeString(watching.file("clients/late.yaml"), registration(late));
      Instant end = Instant.now().plus(Duration.ofSeconds(30));
      String outcome = UNKNOWN;
      while (outcome.equals(UNKNOWN) && Instant.now().isBefore(end)) {
        outcome = late.token(MACHINE).outcome();
      }
      assertThat(outcome).isEqualTo("200");
    }
  }
}
