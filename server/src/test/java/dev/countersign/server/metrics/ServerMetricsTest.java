package dev.countersign.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.countersign.server.kit.Browser;
import dev.countersign.server.kit.Params;
import dev.countersign.server.kit.People;
import dev.countersign.server.kit.Reply;
import dev.countersign.server.kit.Shown;
import dev.countersign.server.kit.TestServer;
import dev.countersign.testkit.TestClock;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerMetricsTest {
  private static final Params REQUEST = Params.of("grant_type", "client_credentials");

  @TempDir private Path folder;

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private TestServer server;

  @BeforeEach
  void start() {
    server = new TestServer(folder, ServerMetrics.to(registry));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Timer requests(String endpoint, String outcome, String status) {
    return registry
        .get("countersign.requests")
        .tags("endpoint", endpoint, "outcome", outcome, "status", status)
        .timer();
  }

  private double refusals(String endpoint, String rule) {
    return registry
        .get("countersign.refusals")
        .tags("endpoint", endpoint, "rule", rule)
        .counter()
        .count();
  }

  private DistributionSummary offsets(String source, String side) {
    return registry.get("countersign.clock.offset").tags("source", source, "side", side).summary();
  }

  private Timer store(String operation) {
    return registry.get("countersign.store").tags("operation", operation).timer();
  }

  @Test
  void timesRequestsByEndpointAndOutcome() {
    assertThat(server.machine().token(REQUEST).status()).isEqualTo(200);
    assertThat(server.machine().token(REQUEST).status()).isEqualTo(200);
    assertThat(server.machine().token(REQUEST.and("scope", "payments")).status()).isEqualTo(400);
    assertThat(requests("token", "success", "2xx").count()).isEqualTo(2);
    assertThat(requests("token", "success", "2xx").totalTime(TimeUnit.NANOSECONDS)).isPositive();
    // Each of the three fetched a nonce before, and the answer with the nonce is a refusal, too.
    assertThat(requests("token", "refused", "4xx").count()).isEqualTo(3 + 1);
  }

  @Test
  void countsTriesToLogInByWhatCameOfThem(@TempDir Path other) {
    SimpleMeterRegistry counted = new SimpleMeterRegistry();
    try (TestServer strict =
        new TestServer(
            other,
            yaml -> People.in(yaml).replace("failures_per_account: 100", "failures_per_account: 2"),
            ServerMetrics.to(counted))) {
      Browser browser = new Browser(strict);
      Shown login = browser.start();
      browser.logIn(login, People.ANNA, "");
      browser.logIn(login, People.ANNA, "wrong");
      browser.logIn(login, "nobody", "wrong");
      browser.logIn(login, People.ANNA, "wrong");
      browser.logIn(login, People.ANNA, People.ANNAS_PASSWORD);
      strict.pass(Duration.ofMinutes(1));
      browser.logIn(login, People.ANNA, People.ANNAS_PASSWORD);
    }
    assertThat(logins(counted, "incomplete")).isEqualTo(1);
    assertThat(logins(counted, "failed")).isEqualTo(3);
    assertThat(logins(counted, "throttled")).isEqualTo(1);
    assertThat(logins(counted, "succeeded")).isEqualTo(1);
  }

  private static double logins(SimpleMeterRegistry registry, String outcome) {
    return registry.get("countersign.logins").tag("outcome", outcome).counter().count();
  }

  @Test
  void countsRefusalsByTheRequirementThatRefused() {
    assertThat(fromTheFuture().status()).isEqualTo(401);
    URI token = server.url("/token");
    assertThat(server.send("GET", token, List.of(), new byte[0]).status()).isEqualTo(405);
    assertThat(refusals("token", "SP-5.3.2.1-13")).isEqualTo(1);
    assertThat(refusals("token", "PAR-1")).isEqualTo(1);
  }

  @Test
  void tellsWhatBrokeOnOurSideFromWhatWasRefused() {
    String proof = server.machine().proof("POST", server.url("/token"));
    server.store().close();
    assertThat(server.machine().token(REQUEST, proof).status()).isEqualTo(503);
    assertThat(requests("token", "failed", "5xx").count()).isEqualTo(1);
    assertThat(
            registry
                .get("countersign.store.failures")
                .tags("operation", "issue_to_client")
                .counter()
                .count())
        .isEqualTo(1);
  }

  @Test
  void timesTheOperationsOfTheStore() {
    assertThat(store("issue_to_client").count()).isZero();
    assertThat(server.machine().token(REQUEST).status()).isEqualTo(200);
    assertThat(store("issue_to_client").count()).isEqualTo(1);
    assertThat(store("issue_to_client").totalTime(TimeUnit.NANOSECONDS)).isPositive();
    assertThat(store("redeem_code").count()).isZero();
    assertThat(store("keys_or_create").count()).isPositive();
  }

  @Test
  void showsHowFarTheClocksOfClientsAreOff() {
    long now = server.now().getEpochSecond();
    URI token = server.url("/token");
    String nonce = server.nonce();
    String proof =
        server
            .machine()
            .proof(
                "POST",
                token,
                claims -> {
                  claims.put("iat", now + 20);
                  claims.put("nonce", nonce);
                });
    String assertion = server.machine().assertion(claims -> claims.put("iat", now - 90));
    Params form = REQUEST.and(server.machine().authenticatedBy(assertion));
    assertThat(server.machine().post("/token", form, List.of(proof)).status()).isEqualTo(200);
    double sinceTheSecond =
        Duration.between(Instant.ofEpochSecond(now), server.now()).toNanos() / 1e9;
    assertThat(offsets("dpop_proof", "ahead").totalAmount())
        .isCloseTo(20 - sinceTheSecond, within(1e-6));
    assertThat(offsets("client_assertion", "behind").totalAmount())
        .isCloseTo(90 + sinceTheSecond, within(1e-6));
    assertThat(offsets("dpop_proof", "behind").count()).isZero();
    assertThat(offsets("client_assertion", "ahead").count()).isZero();
  }

  @Test
  void takesNoClockFromWhatDoesNotVerify() {
    assertThat(fromTheFuture().status()).isEqualTo(401);
    assertThat(offsets("client_assertion", "ahead").count()).isZero();
  }

  /** A request whose assertion is too far ahead of our clock. */
  private Reply fromTheFuture() {
    long iat = server.now().plusSeconds(32).getEpochSecond();
    String assertion = server.machine().assertion(claims -> claims.put("iat", iat));
    Params form = REQUEST.and(server.machine().authenticatedBy(assertion));
    return server.machine().post("/token", form, List.of());
  }

  @Test
  void hasNoLabelThatAClientChooses() {
    server.machine().token(REQUEST.and("scope", "made-up-scope"));
    server.send("PURGE", server.url("/made-up-path"), List.of(), new byte[0]);
    server.send("PURGE", server.url("/token"), List.of(), new byte[0]);
    assertThat(requests("none", "refused", "4xx").count()).isEqualTo(1);
    assertThat(registry.getMeters())
        .flatExtracting(meter -> meter.getId().getTags())
        .extracting(Tag::getValue)
        .noneMatch(value -> value.contains("made-up") || value.contains("machine"))
        .noneMatch(value -> value.contains("PURGE"));
  }

  @Test
  void showsWhenTheCertificateExpires() {
    TestClock clock = new TestClock();
    SimpleMeterRegistry own = new SimpleMeterRegistry();
    AtomicReference<Instant> notAfter = new AtomicReference<>(clock.instant().plusSeconds(60));
    ServerMetrics.to(own).certificate("main", notAfter::get, clock);
    clock.advance(Duration.ofSeconds(59));
    assertThat(expiry(own)).isEqualTo(1);
    clock.advance(Duration.ofSeconds(2));
    assertThat(expiry(own)).isEqualTo(-1);
    notAfter.set(clock.instant().plusSeconds(90));
    assertThat(expiry(own)).isEqualTo(90);
    assertThat(expiry(registry)).isNotZero();
  }

  private static double expiry(SimpleMeterRegistry in) {
    return in.get("countersign.tls.certificate.expiry").tag("listener", "main").gauge().value();
  }

  @Test
  void showsHowManyConnectionsAreOpen() {
    assertThat(registry.get("countersign.connections").gauge().value()).isZero();
    // The client keeps the connection for the next request.
    assertThat(server.machine().token(REQUEST).status()).isEqualTo(200);
    assertThat(registry.get("countersign.connections").gauge().value()).isPositive();
  }
}
