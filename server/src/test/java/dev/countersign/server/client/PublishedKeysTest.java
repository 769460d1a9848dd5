package dev.countersign.server.client;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.jose.PublicJwk;
import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.requirement.Requirement;
import dev.countersign.server.kit.TestServer;
import dev.countersign.testkit.CapturedLog;
import dev.countersign.testkit.ScriptedServer;
import dev.countersign.testkit.ScriptedServer.Reply;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client that publishes its keys at its {@code jwks_uri}, over real HTTPS. */
class PublishedKeysTest {
  private static final String REFUSED = "401 invalid_client";
  private static final String ALLOWED =
      "client_keys: {allow_private_addresses: true, trusted_ca: server.pem, fresh_for: 10m,"
          + " min_refetch: 30s, max_stale: 2h, timeout: 10s}\n";

  private final ScriptedServer publisher = new ScriptedServer();
  private final CapturedLog log = CapturedLog.of("dev.countersign.remote", Level.WARN);

  @TempDir private Path folder;
  private TestServer server;

  @BeforeEach
  void start() {
    server = serverWith(ALLOWED);
    publish(server.app().key().publicJwk());
  }

  @AfterEach
  void stop() {
    log.close();
    server.close();
    publisher.close();
  }

  /** Its client {@code app} publishes its keys, the others have theirs in the registration. */
  private TestServer serverWith(String keys) {
    String line = "jwks_uri: '" + publisher.uri("/jwks") + "'";
    return new TestServer(
        folder,
        yaml -> yaml.replaceFirst("jwks: \\{.*", line).replace("users:\n", keys + "users:\n"));
  }

  private void publish(PublicJwk... keys) {
    JsonObject set = JwkSet.of(List.of(keys)).toJson();
    publisher.on("/jwks", r -> Reply.json(200, set));
  }

  private int fetches() {
    return publisher.received("/jwks").size();
  }

  private SigningKey freshKey(SignatureAlgorithm algorithm) {
    return server.jose().generate(algorithm, server.random());
  }

  private static PublicJwk renamed(SigningKey key, String kid) throws Exception {
    return PublicJwk.parse(
        JsonObject.parse(key.publicJwk().toJson().toJson().replace(key.kid(), kid)));
  }

  private String push(String assertion) {
    return server
        .app()
        .post(
            "/par",
            server.app().authorizationRequest().and(server.app().authenticatedBy(assertion)),
            List.of())
        .outcome();
  }

  private String pushWith(SigningKey key) {
    return push(server.app().assertionBy(key));
  }

  @Test
  @Requirement({"SP-5.4.2-0", "SP-5.3.2.1-6"})
  void fetchesTheKeysOnceAndNotBeforeTheyAreNeeded() {
    assertThat(fetches()).isZero();
    assertThat(push(server.app().assertion())).isEqualTo("201");
    assertThat(push(server.app().assertion())).isEqualTo("201");
    assertThat(server.app().tokens().status()).isEqualTo(200);
    assertThat(fetches()).isEqualTo(1);
  }

  @Test
  @Requirement({"SP-5.4.2-0", "SP-6.8-1"})
  void takesANewKeyWithoutARestart() {
    assertThat(push(server.app().assertion())).isEqualTo("201");
    SigningKey next = freshKey(SignatureAlgorithm.EDDSA);
    server.pass(Duration.ofSeconds(31));
    assertThat(pushWith(next)).isEqualTo(REFUSED);

    publish(server.app().key().publicJwk(), next.publicJwk());
    server.pass(Duration.ofSeconds(31));
    assertThat(pushWith(next)).isEqualTo("201");
    assertThat(push(server.app().assertion())).isEqualTo("201");
  }

  @Test
  @Requirement("SP-6.8-1")
  void refusesAKeyThatIsNoLongerPublished() {
    assertThat(push(server.app().assertion())).isEqualTo("201");
    SigningKey next = freshKey(SignatureAlgorithm.ES256);
    publish(next.publicJwk());
    server.pass(Duration.ofSeconds(31));
    assertThat(pushWith(next)).isEqualTo("201");
    assertThat(push(server.app().assertion())).isEqualTo(REFUSED);
  }

  @Test
  @Requirement("DC-5")
  void unknownKeysDriveNoMoreRequestsThanAllowed() {
    assertThat(push(server.app().assertion())).isEqualTo("201");
    server.pass(Duration.ofSeconds(31));
    for (int i = 0; i < 20; i++) {
      assertThat(pushWith(freshKey(SignatureAlgorithm.ES256))).isEqualTo(REFUSED);
    }
    assertThat(fetches()).isEqualTo(2);
    server.pass(Duration.ofSeconds(31));
    assertThat(pushWith(freshKey(SignatureAlgorithm.ES256))).isEqualTo(REFUSED);
    assertThat(fetches()).isEqualTo(3);
  }

  @Test
  @Requirement("DC-5")
  void requestsAtOnceShareOneFetch() throws Exception {
    CountDownLatch all = new CountDownLatch(8);
    JsonObject set = JwkSet.of(List.of(server.app().key().publicJwk())).toJson();
    CountDownLatch begun = new CountDownLatch(1);
    publisher.on(
        "/jwks",
        r -> {
          begun.countDown();
          await(all);
          return Reply.json(200, set);
        });
    List<String> assertions =
        IntStream.range(0, 8).mapToObj(i -> server.app().assertion()).toList();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<String>> outcomes =
          assertions.stream()
              .map(
                  assertion ->
                      threads.submit(
                          () -> {
                            all.countDown();
                            return push(assertion);
                          }))
              .toList();
      await(begun);
      for (Future<String> outcome : outcomes) {
        assertThat(outcome.get()).isEqualTo("201");
      }
    }
    assertThat(fetches()).isEqualTo(1);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  @Requirement("SP-6.8-1")
  void servesTheLastKeysWhileFetchingFailsUpToTheirEnd() {
    assertThat(push(server.app().assertion())).isEqualTo("201");
    publisher.on("/jwks", r -> Reply.text(503, ""));
    server.pass(Duration.ofMinutes(119));
    assertThat(push(server.app().assertion())).isEqualTo("201");
    assertThat(fetches()).isEqualTo(2);
    server.pass(Duration.ofMinutes(1));
    assertThat(push(server.app().assertion())).isEqualTo(REFUSED);
    assertThat(server.logged("detail").orElseThrow())
        .contains("the keys of the client", "answered 503");
    publish(server.app().key().publicJwk());
    server.pass(Duration.ofSeconds(31));
    assertThat(push(server.app().assertion())).isEqualTo("201");
  }

  @Test
  @Requirement({"SP-5.4.2-1", "CA-4"})
  void tellsAClientWhoseKeysCannotBeHadNoMoreThanAnother() {
    publisher.on("/jwks", r -> Reply.text(200, "<html>no keys here</html>"));
    String told = server.app().push(server.app().authorizationRequest()).text();
    assertThat(server.logged("rule")).contains("SP-5.4.2-1");
    assertThat(server.logged("detail").orElseThrow())
        .contains(publisher.uri("/jwks").toString(), "not a strict JSON object");
    assertThat(server.stranger().push(server.stranger().authorizationRequest()).text())
        .isEqualTo(told)
        .contains("invalid_client");
  }

  @Test
  @Requirement("DC-5")
  void refusesKeysFromThisMachineUnlessAllowed() {
    server.close();
    server = serverWith("client_keys: {trusted_ca: server.pem}\n");
    publish(server.app().key().publicJwk());
    assertThat(push(server.app().assertion())).isEqualTo(REFUSED);
    assertThat(server.logged("detail").orElseThrow()).contains("an address that is not allowed");
    assertThat(fetches()).isZero();
  }

  @Test
  @Requirement("SP-5.4.2-1")
  void refusesKeysFromWhoeverShowsACertificateOfNobodyWeTrust() {
    server.close();
    server = serverWith("client_keys: {allow_private_addresses: true}\n");
    publish(server.app().key().publicJwk());
    assertThat(push(server.app().assertion())).isEqualTo(REFUSED);
    assertThat(server.logged("detail").orElseThrow()).contains("the TLS handshake failed");
    assertThat(fetches()).isZero();
  }

  @Test
  @Requirement("DC-5")
  void doesNotFollowARedirectToKeys() {
    publish(server.app().key().publicJwk());
    publisher.on(
        "/jwks", r -> Reply.text(302, "").with("Location", publisher.uri("/moved").toString()));
    JsonObject set = JwkSet.of(List.of(server.app().key().publicJwk())).toJson();
    publisher.on("/moved", r -> Reply.json(200, set));
    assertThat(push(server.app().assertion())).isEqualTo(REFUSED);
    assertThat(publisher.received("/moved")).isEmpty();
  }

  @Test
  @Requirement("DC-5")
  void refusesASetThatIsTooLarge() {
    JsonObject set =
        JwkSet.of(List.of(server.app().key().publicJwk())).toJson().toBuilder()
            .put("padding", "x".repeat(256 * 1024))
            .build();
    publisher.on("/jwks", r -> Reply.json(200, set));
    assertThat(push(server.app().assertion())).isEqualTo(REFUSED);
    assertThat(server.logged("detail").orElseThrow()).contains("too large");
  }

  @Test
  @Requirement("SP-5.4.3-1")
  void takesTheFittingKeyOfManyWithOneKid() throws Exception {
    SigningKey right = server.app().key();
    publish(
        renamed(freshKey(SignatureAlgorithm.EDDSA), right.kid()),
        renamed(freshKey(SignatureAlgorithm.ES256), right.kid()),
        right.publicJwk(),
        renamed(freshKey(SignatureAlgorithm.ES256), right.kid()));
    assertThat(push(server.app().assertion())).isEqualTo("201");
  }

  @Test
  @Requirement("SP-5.4.3-1")
  void refusesASignatureOfNoneOfTheKeysWithItsKid() throws Exception {
    SigningKey right = server.app().key();
    publish(
        renamed(freshKey(SignatureAlgorithm.EDDSA), right.kid()),
        renamed(freshKey(SignatureAlgorithm.ES256), right.kid()));
    assertThat(push(server.app().assertion())).isEqualTo(REFUSED);
  }

  @Test
  @Requirement("SP-5.4.2-2")
  void looksForNoKeysWhereAnAssertionSaysTheyAre() {
    String elsewhere = publisher.uri("/elsewhere").toString();
    Stream.of("jku", "x5u")
        .forEach(
            header -> {
              JsonObject.Builder names = JsonObject.builder().put(header, elsewhere);
              String assertion =
                  server
                      .jose()
                      .sign(
                          names.build(),
                          server.app().assertionClaims(claims -> {}),
                          freshKey(SignatureAlgorithm.ES256));
              assertThat(push(assertion)).isEqualTo(REFUSED);
            });
    assertThat(publisher.received("/elsewhere")).isEmpty();
  }
}
