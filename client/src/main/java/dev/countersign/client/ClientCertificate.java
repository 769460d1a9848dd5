package dev.countersign.client;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/**
 * A client certificate with its private key, for mutual TLS (RFC 8705). Immutable.
 *
 * <p>A connection made by {@link #sslContext} shows it to every server that asks, whatever
 * authorities the server names: it is registered with that server, or tokens are bound to it, and
 * one that signed itself is named by nobody.
 */
public final class ClientCertificate {

  private static final Pattern PKCS8 =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

  private final PrivateKey key;
  private final List<X509Certificate> chain;

  private ClientCertificate(PrivateKey key, List<X509Certificate> chain) {
    this.key = key;
    this.chain = chain;
  }

  /**
   * A certificate with its key.
   *
   * @param chain the certificate first, then those that lead to its authority; the root may be left
   *     out
   * @throws IllegalArgumentException if the chain is empty or the key is of another kind than the
   *     certificate's
   */
  public static ClientCertificate of(PrivateKey key, List<X509Certificate> chain) {
    if (chain.isEmpty()) {
      throw new IllegalArgumentException("the chain has no certificate");
    }
    // By kind only: whether the two belong together shows at the first handshake.
    if (!key.getAlgorithm().equals(chain.getFirst().getPublicKey().getAlgorithm())) {
      throw new IllegalArgumentException("the key is of another kind than the certificate's");
    }
    return new ClientCertificate(key, List.copyOf(chain));
  }

  /**
   * Reads PEM (RFC 7468).
   *
   * @param certificates the chain, as {@link #of} takes it
   * @param privateKey PKCS #8, not encrypted
   * @throws IllegalArgumentException if it is not PEM, or not what {@link #of} takes; the message
   *     holds nothing of it
   */
  public static ClientCertificate fromPem(String certificates, String privateKey) {
    List<X509Certificate> chain = certificates(certificates);
    if (chain.isEmpty()) {
      throw new IllegalArgumentException("the PEM text has no certificate");
    }
    return of(privateKey(privateKey, chain.getFirst().getPublicKey().getAlgorithm()), chain);
  }

  private static List<X509Certificate> certificates(String pem) {
    try {
      return CertificateFactory.getInstance("X.509")
          .generateCertificates(new ByteArrayInputStream(pem.getBytes(US_ASCII)))
          .stream()
          .map(X509Certificate.class::cast)
          .toList();
    } catch (CertificateException e) {
      throw new IllegalArgumentException("the certificate is not readable PEM", e);
    }
  }

  private static PrivateKey privateKey(String pem, String algorithm) {
    Matcher block = PKCS8.matcher(pem);
    if (!block.find()) {
      throw new IllegalArgumentException("the PEM text has no PRIVATE KEY (PKCS #8)");
    }
    try {
      byte[] der = Base64.getMimeDecoder().decode(block.group(1));
      return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      // Without the cause: its message may quote the key.
      throw new IllegalArgumentException("the private key is not one of the certificate's kind");
    }
  }

  /** The certificate first. */
  public List<X509Certificate> chain() {
    return chain;
  }

  /**
   * Connections that show it.
   *
   * @param trusted whom to trust as a server; the authorities of the JDK if none is given
   */
  public SSLContext sslContext(TrustManager... trusted) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      KeyManager[] shown = {new OneCertificate(key, chain)};
      context.init(shown, trusted.length == 0 ? null : trusted.clone(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the Java runtime has no TLS", e);
    }
  }

  /** The subject of the certificate. */
  @Override
  public String toString() {
    return "ClientCertificate[" + chain.getFirst().getSubjectX500Principal() + "]";
  }
}
