package dev.countersign.edge;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A client with a certificate, and the key it holds to it, which need not be the right one. */
record TestClient(KeyPair keys, List<X509Certificate> chain) {
  private static final char[] PASSWORD = "changeit".toCharArray();
  private static final String OID_OF_NOTHING = "1.3.6.1.4.1.99999.1";

  /** One that signed its own certificate, valid for a day. */
  static TestClient selfSigned(KeyPair keys) {
    Instant now = Instant.now();
    return selfSigned(keys, now.minus(Duration.ofHours(1)), now.plus(Duration.ofDays(1)), 0);
  }

  /** Whose certificate was valid from the day before yesterday to yesterday. */
  static TestClient expired() {
    Instant now = Instant.now();
    Instant from = now.minus(Duration.ofDays(2));
    return selfSigned(Certificates.ec("secp256r1"), from, now.minus(Duration.ofDays(1)), 0);
  }

  /** Whose certificate holds an extension of {@code padding} bytes that nobody needs. */
  static TestClient large(int padding) {
    Instant now = Instant.now();
    return selfSigned(
        Certificates.ec("secp256r1"),
        now.minus(Duration.ofHours(1)),
        now.plus(Duration.ofDays(1)),
        padding);
  }

  /** Whose certificate is the first of {@code length}, each signed by the next one's key. */
  static TestClient withChain(int length) {
    KeyPair keys = Certificates.ec("secp256r1");
    KeyPair subject = keys;
    List<X509Certificate> chain = new ArrayList<>();
    Instant now = Instant.now();
    for (int i = 0; i < length; i++) {
      KeyPair issuer = i == length - 1 ? subject : Certificates.ec("secp256r1");
      String issuerName = "CN=level " + (i == length - 1 ? i : i + 1);
      chain.add(
          certificate(
              new X500Name(issuerName),
              issuer,
              new X500Name("CN=level " + i),
              subject,
              now.minus(Duration.ofHours(1)),
              now.plus(Duration.ofDays(1)),
              0));
      subject = issuer;
    }
    return new TestClient(keys, chain);
  }

  /** This one's certificate in the hands of somebody who has another key. */
  TestClient withoutItsKey() {
    return new TestClient(Certificates.ec("secp256r1"), chain);
  }

  /** What it connects by to the servers of these tests. */
  SSLContext context() {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry(
          "client", keys.getPrivate(), PASSWORD, chain.toArray(X509Certificate[]::new));
      KeyManagerFactory identity = KeyManagerFactory.getInstance("PKIX");
      identity.init(store, PASSWORD);
      KeyStore roots = KeyStore.getInstance("PKCS12");
      roots.load(null, null);
      roots.setCertificateEntry("root", Certificates.ROOT.certificate());
      TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
      trust.init(roots);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(identity.getKeyManagers(), trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new AssertionError(e);
    }
  }

  private static TestClient selfSigned(KeyPair keys, Instant from, Instant to, int padding) {
    X500Name self = new X500Name("CN=a client");
    return new TestClient(keys, List.of(certificate(self, keys, self, keys, from, to, padding)));
  }

  private static X509Certificate certificate(
      X500Name issuer,
      KeyPair issuerKeys,
      X500Name subject,
      KeyPair keys,
      Instant from,
      Instant to,
      int padding) {
    try {
      JcaX509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              issuer,
              new BigInteger(64, new SecureRandom()),
              Date.from(from),
              Date.from(to),
              subject,
              keys.getPublic());
      builder.addExtension(
          new Extension(new ASN1ObjectIdentifier(OID_OF_NOTHING), false, new byte[padding]));
      String algorithm =
          switch (issuerKeys.getPrivate().getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> "Ed25519";
          };
      return new JcaX509CertificateConverter()
          .getCertificate(
              builder.build(new JcaContentSignerBuilder(algorithm).build(issuerKeys.getPrivate())));
    } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
      throw new AssertionError(e);
    }
  }
}
