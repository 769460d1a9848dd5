package dev.countersign.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.jose.PublicJwk;
import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.requirement.Requirement;
import dev.countersign.testkit.ScriptedServer;
import dev.countersign.testkit.ScriptedServer.Reply;
import dev.countersign.testkit.TestClock;
import dev.countersign.testkit.TestTls;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RemoteJwkSetTest {

  private static final Jose JOSE = Jose.jdk();
  private static final SecureRandom RANDOM = new SecureRandom();

  private final ScriptedServer server = new ScriptedServer();
  private final TestClock clock = new TestClock();
  private final HttpsFetcher fetcher =
      new HttpsFetcher(
          StrictTls.httpClient(TestTls.LOCALHOST.trust(), Duration.ofSeconds(10)),
          Duration.ofSeconds(10),
          64 * 1024);
  private final SigningKey first = JOSE.generate(SignatureAlgorithm.ES256, RANDOM);
  private final SigningKey second = JOSE.generate(SignatureAlgorithm.ES256, RANDOM);

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void fetchesAgainForAnUnknownKidOnly() throws RemoteException {
    publish(first);
    RemoteJwkSet keys = keys();
    assertThat(find(keys, first)).isPresent();
    clock.advance(Duration.ofMinutes(1));
    assertThat(find(keys, first)).isPresent();
    assertThat(server.received("/jwks")).hasSize(1);
    publish(first, second);
    assertThat(find(keys, second)).isPresent();
    assertThat(server.received("/jwks")).hasSize(2);
  }

  @Test
  void anUnknownKidDrivesNoMoreRequestsThanAllowed() throws RemoteException {
    publish(first);
    RemoteJwkSet keys = keys();
    for (int i = 0; i < 10; i++) {
      assertThat(find(keys, second)).isEmpty();
    }
    assertThat(server.received("/jwks")).hasSize(1);
    clock.advance(Duration.ofSeconds(30));
    assertThat(find(keys, second)).isEmpty();
    assertThat(server.received("/jwks")).hasSize(2);
  }

  @Test
  void findsTheKidWithoutTheAlgorithmToo() throws RemoteException {
    publish(first);
    RemoteJwkSet keys = keys();
    assertThat(keys.forKid(Optional.of(first.kid())).keys()).hasSize(1);
    publish(first, second);
    clock.advance(Duration.ofSeconds(30));
    assertThat(keys.forKid(Optional.of(second.kid())).keys()).hasSize(2);
  }

  @Test
  @Requirement("SP-5.4.3-1")
  void takesTheFittingKeyBesideADecoyOfTheSameKid() throws Exception {
    SigningKey decoy = JOSE.generate(SignatureAlgorithm.EDDSA, RANDOM);
    PublicJwk renamed = renamed(decoy, first.kid());
    publish(List.of(renamed, first.publicJwk()));
    JwkSet found = keys().forKid(SignatureAlgorithm.ES256, Optional.of(first.kid()));
    assertThat(found.select(SignatureAlgorithm.ES256, Optional.of(first.kid())))
        .extracting(PublicJwk::thumbprint)
        .containsExactly(first.thumbprint());
  }

  @Test
  void servesTheLastKeysWhileFetchingFails() throws RemoteException {
    publish(first);
    RemoteJwkSet keys = keys();
    assertThat(find(keys, first)).isPresent();
    server.on("/jwks", r -> Reply.text(503, ""));
    clock.advance(Duration.ofHours(2));
    assertThat(find(keys, first)).isPresent();
    clock.advance(Duration.ofHours(22));
    assertThatThrownBy(() -> find(keys, first)).isInstanceOf(RemoteException.class);
  }

  @Test
  void refusesWhatIsNoJwkSet() {
    server.on("/jwks", r -> Reply.text(200, "{\"keys\":\"none\"}"));
    assertThatThrownBy(() -> find(keys(), first)).isInstanceOf(RemoteException.class);
  }

  @Test
  @Requirement("SP-5.4.2-1")
  void fetchesNoKeysOverPlainHttp() {
    RemoteJwkSet plain =
        new RemoteJwkSet(
            fetcher,
            URI.create("http://localhost/jwks"),
            clock,
            Duration.ofHours(1),
            Duration.ofSeconds(30));
    assertThatThrownBy(() -> find(plain, first)).isInstanceOf(RemoteException.class);
  }

  private RemoteJwkSet keys() {
    return new RemoteJwkSet(
        fetcher, server.uri("/jwks"), clock, Duration.ofHours(1), Duration.ofSeconds(30));
  }

  private void publish(SigningKey... keys) {
    publish(List.of(keys).stream().map(SigningKey::publicJwk).toList());
  }

  private void publish(List<PublicJwk> keys) {
    JsonObject document =
        JsonObject.builder().put("keys", keys.stream().map(PublicJwk::toJson).toList()).build();
    server.on("/jwks", r -> Reply.json(200, document));
  }

  private static Optional<PublicJwk> find(RemoteJwkSet keys, SigningKey key)
      throws RemoteException {
    return keys
        .forKid(SignatureAlgorithm.ES256, Optional.of(key.kid()))
        .select(SignatureAlgorithm.ES256, Optional.of(key.kid()))
        .stream()
        .findFirst();
  }

  private static PublicJwk renamed(SigningKey key, String kid) throws Exception {
    String json = key.publicJwk().toJson().toJson().replace(key.kid(), kid);
    return PublicJwk.parse(JsonObject.parse(json));
  }
}
