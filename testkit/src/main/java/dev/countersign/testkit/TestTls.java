package dev.countersign.testkit;

import java.io.IOException;
import java.math.BigInteger;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/**
 * A certificate that signed itself, for the machine that the tests run on or for another name, as
 * its server and its clients need it. Valid for an hour around now.
 */
public final class TestTls {
  private static final char[] PASSWORD = "changeit".toCharArray();
  private static final Duration VALID = Duration.ofHours(1);

  /** For {@code localhost} and {@code 127.0.0.1}, made once: keys are slow. */
  public static final TestTls LOCALHOST = forHost("localhost", "127.0.0.1");

  private final KeyPair keys;
  private final X509Certificate certificate;
  private final List<X509Certificate> issuers;

  private TestTls(KeyPair keys, X509Certificate certificate) {
    this(keys, certificate, List.of());
  }

  /** A certificate that others signed, each of them signed by the next. */
  TestTls(KeyPair keys, X509Certificate certificate, List<X509Certificate> issuers) {
    this.keys = keys;
    this.certificate = certificate;
    this.issuers = List.copyOf(issuers);
  }

  /** A new one, on P-256, for these names and IPv4 addresses. */
  public static TestTls forHost(String... names) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(256);
      KeyPair keys = generator.generateKeyPair();
      return new TestTls(keys, certificate(keys, names));
    } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
      throw new AssertionError(e);
    }
  }

  /** What a server with this certificate listens by. */
  public SSLContext server() {
    return server(null);
  }

  /** As {@link #server}, where it asks for certificates: any will do, whoever signed it. */
  public SSLContext serverThatTakesAnyClient() {
    return server(new TrustManager[] {new AnyClient()});
  }

  private SSLContext server(TrustManager @Nullable [] clients) {
    try {
      KeyStore identity = emptyStore();
      X509Certificate[] chain = {certificate};
      identity.setKeyEntry("server", keys.getPrivate(), PASSWORD, chain);
      KeyManagerFactory managers = KeyManagerFactory.getInstance("PKIX");
      managers.init(identity, PASSWORD);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(managers.getKeyManagers(), clients, null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new AssertionError(e);
    }
  }

  /** For a server of tests, which judges by itself what it was shown. Trusts no server. */
  private static final class AnyClient extends X509ExtendedTrustManager {

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {
      // Any will do.
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {
      // Any will do.
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
      // Any will do.
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType)
        throws CertificateException {
      throw new CertificateException("no server");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
        throws CertificateException {
      throw new CertificateException("no server");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
        throws CertificateException {
      throw new CertificateException("no server");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }

  /** What trusts this certificate as a server's, and no other. */
  public TrustManager[] trustManagers() {
    return trusted(certificate);
  }

  /** What a client connects by that trusts this certificate and no other. */
  public SSLContext trust() {
    return trusting(certificate);
  }

  /** What a client connects by that has this certificate and trusts {@code root} and no other. */
  public SSLContext client(X509Certificate root) {
    try {
      KeyStore identity = emptyStore();
      X509Certificate[] chain = chain().toArray(X509Certificate[]::new);
      identity.setKeyEntry("client", keys.getPrivate(), PASSWORD, chain);
      KeyManagerFactory managers = KeyManagerFactory.getInstance("PKIX");
      managers.init(identity, PASSWORD);
      KeyStore roots = emptyStore();
      roots.setCertificateEntry("root", root);
      TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
      trust.init(roots);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(managers.getKeyManagers(), trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new AssertionError(e);
    }
  }

  /** What a client connects by that trusts {@code root} and no other. */
  public static SSLContext trusting(X509Certificate root) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trusted(root), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static TrustManager[] trusted(X509Certificate root) {
    try {
      KeyStore roots = emptyStore();
      roots.setCertificateEntry("root", root);
      TrustManagerFactory managers = TrustManagerFactory.getInstance("PKIX");
      managers.init(roots);
      return managers.getTrustManagers();
    } catch (GeneralSecurityException | IOException e) {
      throw new AssertionError(e);
    }
  }

  /** The certificate. */
  public X509Certificate certificate() {
    return certificate;
  }

  /** The certificate, and the intermediate ones that signed it. */
  public List<X509Certificate> chain() {
    return Stream.concat(Stream.of(certificate), issuers.stream()).toList();
  }

  /** The same for who sends the certificate without those that signed it. */
  public TestTls alone() {
    return new TestTls(keys, certificate, List.of());
  }

  /** The private key to it. */
  public PrivateKey key() {
    return keys.getPrivate();
  }

  /** Writes the certificate as {@code server.pem} and its key as {@code server-key.pem}. */
  public void write(Path folder) {
    try {
      Files.writeString(folder.resolve("server.pem"), pem("CERTIFICATE", certificate.getEncoded()));
      Files.writeString(
          folder.resolve("server-key.pem"), pem("PRIVATE KEY", keys.getPrivate().getEncoded()));
    } catch (GeneralSecurityException | IOException e) {
      throw new AssertionError(e);
    }
  }

  /** One object in PEM (RFC 7468). */
  public static String pem(String label, byte[] der) {
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n";
  }

  private static X509Certificate certificate(KeyPair keys, String... names)
      throws GeneralSecurityException, IOException, OperatorCreationException {
    Instant now = Instant.now();
    X500Name self = new X500Name("CN=countersign test");
    JcaX509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            self,
            BigInteger.valueOf(now.toEpochMilli()),
            Date.from(now.minus(VALID)),
            Date.from(now.plus(VALID)),
            self,
            keys.getPublic());
    GeneralName[] subjects = Stream.of(names).map(TestTls::name).toArray(GeneralName[]::new);
    builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(subjects));
    return new JcaX509CertificateConverter()
        .getCertificate(
            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
  }

  private static GeneralName name(String name) {
    boolean address = Character.isDigit(name.charAt(0));
    return new GeneralName(address ? GeneralName.iPAddress : GeneralName.dNSName, name);
  }

  private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }
}
