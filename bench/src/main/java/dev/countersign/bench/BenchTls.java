package dev.countersign.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A certificate for localhost: PEM files for the server, trust for its callers. */
final class BenchTls {
  private static final String ALIAS = "server";

  /** Of a key store that lives as long as the measurement, beside the same key in the clear. */
  private static final String PASSWORD = "bench-only";

  private final KeyStore keys;

  private BenchTls(KeyStore keys) {
    this.keys = keys;
  }

  /** A new one by the JDK's keytool; {@code server.pem} and {@code server-key.pem} in a folder. */
  static BenchTls create(Path folder)
      throws IOException, InterruptedException, GeneralSecurityException {
    Path file = folder.resolve("server.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                ALIAS,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=dns:localhost,ip:127.0.0.1",
                "-validity",
                "2",
                "-keystore",
                file.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("keytool.log").toFile())
            .start();
    if (keytool.waitFor() != 0) {
      throw new IOException("keytool made no certificate; see " + folder.resolve("keytool.log"));
    }
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    BenchTls tls = new BenchTls(keys);
    tls.write(folder);
    return tls;
  }

  private void write(Path folder) throws IOException, GeneralSecurityException {
    var certificate = Objects.requireNonNull(keys.getCertificate(ALIAS));
    var key = Objects.requireNonNull(keys.getKey(ALIAS, PASSWORD.toCharArray()));
    write(folder.resolve("server.pem"), "CERTIFICATE", certificate.getEncoded());
    write(folder.resolve("server-key.pem"), "PRIVATE KEY", key.getEncoded());
  }

  private static void write(Path file, String type, byte[] der) throws IOException {
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    Files.writeString(
        file, "-----BEGIN " + type + "-----\n" + base64 + "\n-----END " + type + "-----\n");
  }

  /** Trusts this certificate and no other. */
  SSLContext trust() throws GeneralSecurityException, IOException {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry(ALIAS, keys.getCertificate(ALIAS));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }
}
