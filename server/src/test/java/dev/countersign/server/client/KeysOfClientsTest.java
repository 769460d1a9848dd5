package dev.countersign.server.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.protocol.jose.Base64Url;
import dev.countersign.protocol.refusal.RefusalException;
import dev.countersign.remote.AddressRule;
import dev.countersign.remote.Freshness;
import dev.countersign.remote.GuardedFetcher;
import dev.countersign.remote.RemoteJwkSet;
import dev.countersign.requirement.Requirement;
import dev.countersign.server.config.ConfigFile;
import dev.countersign.testkit.ScriptedServer;
import dev.countersign.testkit.ScriptedServer.Reply;
import dev.countersign.testkit.TestClock;
import dev.countersign.testkit.TestTls;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates among the keys of a client. */
class KeysOfClientsTest {
  private final TestTls first = TestTls.forHost("client.example");
  private final TestTls second = TestTls.forHost("client.example");
  private final ScriptedServer publisher = new ScriptedServer();
  private final TestClock clock = new TestClock();
  private final KeysOfClients keys =
      new KeysOfClients(
          uri ->
              new RemoteJwkSet(
                  new GuardedFetcher(
                      TestTls.LOCALHOST.trust(),
                      AddressRule.any(),
                      Duration.ofSeconds(10),
                      64 * 1024),
                  uri,
                  clock,
                  new Freshness(
                      Duration.ofMinutes(10), Duration.ofSeconds(30), Duration.ofHours(1))));

  @TempDir Path folder;

  @BeforeEach
  void prepare() {
    TestTls.LOCALHOST.write(folder);
  }

  @AfterEach
  void stop() {
    publisher.close();
  }

  /** The key of a certificate with that certificate, as a client publishes it. */
  private static String jwks(TestTls identity) throws Exception {
    ECPublicKey key = (ECPublicKey) identity.certificate().getPublicKey();
    return """
    {"keys": [{"kty": "EC", "crv": "P-256", "x": "%s", "y": "%s", "x5c": ["%s"]}]}\
    """
        .formatted(
            coordinate(key.getW().getAffineX()),
            coordinate(key.getW().getAffineY()),
            Base64.getEncoder().encodeToString(identity.certificate().getEncoded()));
  }

  private static String coordinate(BigInteger value) {
    byte[] bytes = value.toByteArray();
    byte[] fixed = new byte[32];
    int length = Math.min(bytes.length, 32);
    System.arraycopy(bytes, bytes.length - length, fixed, 32 - length, length);
    return Base64Url.encode(fixed);
  }

  private RegisteredClient client(String keysLine) throws Exception {
    return ConfigFile.parse(
            "countersign.yaml",
            """
            issuer: https://auth.example.com
            tls: {certificate: server.pem, key: server-key.pem}
            scopes: [{name: accounts, description: See your accounts}]
            resources: [{indicator: https://api.example.com}]
            clients:
              - client_id: app
                name: The App
                %s
                grant_types: [client_credentials]
                scope: accounts
            """
                .formatted(keysLine),
            folder)
        .clients()
        .getFirst();
  }

  private void publish(TestTls identity) throws Exception {
    String set = jwks(identity);
    publisher.on("/jwks", r -> Reply.text(200, set));
  }

  @Test
  @Requirement("MT-3")
  void findsACertificateThatIsRegisteredAndNoOtherOfTheSameName() throws Exception {
    RegisteredClient client = client("jwks: " + jwks(first));
    assertThat(keys.hasCertificate(client, first.certificate())).isTrue();
    assertThat(keys.hasCertificate(client, second.certificate())).isFalse();
  }

  @Test
  @Requirement({"MT-3", "SP-6.8-1"})
  void looksAgainForACertificateThatIsNotPublishedYet() throws Exception {
    RegisteredClient client = client("jwks_uri: '" + publisher.uri("/jwks") + "'");
    publish(first);
    assertThat(keys.hasCertificate(client, first.certificate())).isTrue();
    publish(second);
    assertThat(keys.hasCertificate(client, second.certificate())).isFalse();
    assertThat(keys.hasCertificate(client, first.certificate())).isTrue();
    assertThat(keys.hasCertificate(client, second.certificate())).isFalse();
    assertThat(publisher.received("/jwks")).hasSize(1);
    clock.advance(Duration.ofSeconds(30));
    assertThat(keys.hasCertificate(client, second.certificate())).isTrue();
    assertThat(keys.hasCertificate(client, first.certificate())).isFalse();
    assertThat(publisher.received("/jwks")).hasSize(2);
  }

  @Test
  @Requirement("MT-3")
  void refusesAClientWhoseCertificatesCannotBeHad() throws Exception {
    RegisteredClient client = client("jwks_uri: '" + publisher.uri("/jwks") + "'");
    assertThatThrownBy(() -> keys.hasCertificate(client, first.certificate()))
        .isInstanceOf(RefusalException.class);
  }

  @Test
  void forgetsKeysThatNoClientPublishesAnyMore() throws Exception {
    RegisteredClient client = client("jwks_uri: '" + publisher.uri("/jwks") + "'");
    publish(first);
    keys.hasCertificate(client, first.certificate());
    keys.forget(List.of(client), List.of(client));
    keys.hasCertificate(client, first.certificate());
    assertThat(publisher.received("/jwks")).hasSize(1);
    keys.forget(List.of(client), List.of());
    keys.hasCertificate(client, first.certificate());
    assertThat(publisher.received("/jwks")).hasSize(2);
  }
}
