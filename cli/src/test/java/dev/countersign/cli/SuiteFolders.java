package dev.countersign.cli;

import dev.countersign.cli.conformance.Variant;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** What the command wrote into a folder, for a server of this machine. */
record SuiteFolders(Path out, int port) {
  /** Nobody listens there. */
  static final String SUITE = "https://127.0.0.1:1";

  static final String CALLBACK = SUITE + "/test/a/cs-test/callback";

  static SuiteFolders in(Path out) throws IOException {
    int port = threeFreePorts();
    Ran ran =
        Ran.command(
            "conformance",
            "--suite=" + SUITE + "/",
            "--alias=cs-test",
            "--out=" + out,
            "--host=localhost",
            "--bind=127.0.0.1",
            "--port=" + port);
    if (ran.exitCode() != 0) {
      throw new AssertionError(ran.err());
    }
    return new SuiteFolders(out, port);
  }

  private static int threeFreePorts() throws IOException {
    for (int tries = 0; tries < 50; tries++) {
      try (ServerSocket first = listen(0);
          ServerSocket _ = listen(first.getLocalPort() + 1);
          ServerSocket _ = listen(first.getLocalPort() + 2)) {
        return first.getLocalPort();
      } catch (IOException | IllegalArgumentException taken) {
        // Another one, then.
      }
    }
    throw new IOException("no three free ports in a row");
  }

  private static ServerSocket listen(int port) throws IOException {
    return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
  }

  Path server(Variant variant) {
    return out.resolve("server").resolve(variant.name());
  }

  Path client(Variant variant) {
    return out.resolve("client").resolve(variant.name());
  }

  Path config(Variant variant) {
    return server(variant).resolve("countersign.yaml");
  }

  JsonNode plan(Variant variant) throws IOException {
    return json(server(variant).resolve("plan.json"));
  }

  static JsonNode json(Path file) throws IOException {
    return new ObjectMapper().readTree(Files.readString(file));
  }

  /** Trusts the authority that signed the server's certificate. */
  SSLContext trust(Variant variant) throws IOException, GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trustManagers(variant), null);
    return context;
  }

  TrustManager[] trustManagers(Variant variant) throws IOException, GeneralSecurityException {
    byte[] authority = Files.readAllBytes(server(variant).resolve("client-ca.pem"));
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("authority", certificate(authority));
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(trusted);
    return factory.getTrustManagers();
  }

  static X509Certificate certificate(byte[] pem) throws IOException, GeneralSecurityException {
    try (InputStream in = new ByteArrayInputStream(pem)) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
  }
}
