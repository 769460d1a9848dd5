package dev.countersign.server;

import dev.countersign.server.kit.CertificateClient;
import dev.countersign.server.kit.Params;
import dev.countersign.server.kit.Reply;
import dev.countersign.server.kit.TestServer;
import dev.countersign.testkit.TestCertificate;
import dev.countersign.testkit.TestTls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A server with a second listener, an authority of clients, and clients with certificates. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class MutualTlsTest {
  protected static final String MTLS_URL = "https://mtls.example.com:9443";

  protected static final TestTls AUTHORITY =
      TestCertificate.selfSigned("CN=Client Authority").authority().make();

  private static final String ABOVE =
      """
      mtls: {url: '%s', port: 0}
      client_certificate_authorities: [client-ca.pem]
      """
          .formatted(MTLS_URL);

  protected TestServer server;

  @BeforeAll
  void start(@TempDir Path folder) throws IOException, CertificateEncodingException {
    Files.writeString(
        folder.resolve("client-ca.pem"),
        TestTls.pem("CERTIFICATE", AUTHORITY.certificate().getEncoded()));
    server =
        new TestServer(
            folder,
            yaml ->
                ABOVE
                    + change(yaml)
                        .replace(
                            "clients:\n  - client_id: app\n",
                            "clients:\n" + clients() + "  - client_id: app\n"));
  }

  @AfterAll
  void stop() {
    server.close();
  }

  /** The clients of a class, each made by {@link #client}. */
  protected abstract String clients();

  /** The rest of the configuration, changed where a class needs it. */
  protected String change(String yaml) {
    return yaml;
  }

  /** A client with these further keys. */
  protected static String client(String id, String... keys) {
    return """
      - client_id: %s
        name: With a certificate
        grant_types: [authorization_code, refresh_token, client_credentials]
        redirect_uris: ['https://other.example.com/callback']
        scope: openid accounts
    """
            .formatted(id)
        + "    "
        + String.join("\n    ", keys)
        + "\n";
  }

  /** Who shows this certificate. */
  protected CertificateClient by(TestTls certificate) {
    return new CertificateClient(server, Optional.of(certificate));
  }

  /** Who shows none. */
  protected CertificateClient without() {
    return new CertificateClient(server, Optional.empty());
  }

  /** A token request of a client that only says who it is. */
  protected static Params own(String id) {
    return Params.of("grant_type", "client_credentials", "client_id", id);
  }

  /** What the client gets for itself by this certificate. */
  protected Reply token(String id, TestTls certificate) {
    return by(certificate).post("/token", own(id));
  }
}
