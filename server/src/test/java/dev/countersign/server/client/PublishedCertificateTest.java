package dev.countersign.server.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.requirement.Requirement;
import dev.countersign.server.kit.CertificateClient;
import dev.countersign.server.kit.Params;
import dev.countersign.server.kit.Reply;
import dev.countersign.server.kit.TestServer;
import dev.countersign.testkit.ScriptedServer;
import dev.countersign.testkit.TestCertificate;
import dev.countersign.testkit.TestTls;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client that publishes its self-signed certificate at its {@code jwks_uri}, and renews it. */
class PublishedCertificateTest {
  private static final String ABOVE =
      """
      mtls: {url: 'https://mtls.example.com:9443', port: 0}
      client_keys: {allow_private_addresses: true, trusted_ca: server.pem, min_refetch: 30s}
      """;
  private static final TestTls OLD = TestCertificate.selfSigned("CN=app").make();
  private static final TestTls NEW = TestCertificate.selfSigned("CN=app").make();

  private final ScriptedServer publisher = new ScriptedServer();

  @TempDir private Path folder;
  private TestServer server;

  @BeforeEach
  void start() {
    String published =
        """
        token_endpoint_auth_method: self_signed_tls_client_auth
            tls_client_certificate_bound_access_tokens: true
            jwks_uri: '%s'
        """
            .formatted(publisher.uri("/jwks"))
            .stripTrailing();
    server = new TestServer(folder, yaml -> ABOVE + yaml.replaceFirst("jwks: \\{.*", published));
    publish(OLD);
  }

  @AfterEach
  void stop() {
    server.close();
    publisher.close();
  }

  private void publish(TestTls certificate) {
    String jwks = CertificateClient.jwks(certificate, certificate);
    publisher.on("/jwks", r -> ScriptedServer.Reply.json(200, parsed(jwks)));
  }

  private static JsonObject parsed(String json) {
    try {
      return JsonObject.parse(json);
    } catch (dev.countersign.protocol.json.MalformedJsonException e) {
      throw new AssertionError(e);
    }
  }

  private Reply token(TestTls certificate) {
    return new CertificateClient(server, Optional.of(certificate))
        .post("/token", Params.of("grant_type", "client_credentials", "client_id", "app"));
  }

  @Test
  @Requirement({"MT-3", "SP-6.8-1"})
  void takesTheCertificateThatIsPublishedNowAndNotTheOneBefore() {
    assertThat(token(OLD).status()).isEqualTo(200);
    assertThat(token(NEW).outcome()).isEqualTo("401 invalid_client");
    publish(NEW);
    server.pass(Duration.ofSeconds(31));
    assertThat(token(NEW).status()).isEqualTo(200);
    assertThat(token(OLD).outcome()).isEqualTo("401 invalid_client");
  }

  @Test
  @Requirement({"MT-3", "DC-5"})
  void unknownCertificatesDriveNoMoreRequestsThanAllowed() {
    assertThat(token(OLD).status()).isEqualTo(200);
    int before = publisher.received("/jwks").size();
    for (int i = 0; i < 5; i++) {
      assertThat(token(NEW).outcome()).isEqualTo("401 invalid_client");
    }
    assertThat(publisher.received("/jwks")).hasSize(before);
  }

  @Test
  @Requirement({"MT-3", "MT-4"})
  void refusesTheClientWhileItsKeysCannotBeHad() {
    publisher.on("/jwks", r -> ScriptedServer.Reply.json(500, parsed("{}")));
    assertThat(token(OLD).outcome()).isEqualTo("401 invalid_client");
  }
}
