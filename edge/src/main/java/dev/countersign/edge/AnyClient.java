package dev.countersign.edge;

import dev.countersign.requirement.Enforces;
import java.net.Socket;
import java.security.PublicKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Trusts every client in the handshake, within bounds: a client that signed its certificate itself
 * is as good there as one with a path to a root, and neither is believed to be anybody yet. That
 * the key is proven is TLS's own business and not for a trust manager to decide. Trusts no server.
 */
final class AnyClient extends X509ExtendedTrustManager {
  static final int MAX_CERTIFICATES = 6;
  static final int MAX_BYTES = 16 * 1024;
  private static final int MIN_RSA_BITS = 2048;
  private static final int MIN_EC_BITS = 256;

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    requireBounds(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    requireBounds(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    requireBounds(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    throw noServer();
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    throw noServer();
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    throw noServer();
  }

  /** No authorities are named to clients: any will do. */
  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }

  /**
   * What no client needs to be: a chain so long or large that it is costly to look at, or a key so
   * weak that its proof proves nothing (RFC 9325 section 4.5).
   */
  @Enforces({"TLS-5"})
  static void requireBounds(X509Certificate[] chain) throws CertificateException {
    if (chain.length == 0 || chain.length > MAX_CERTIFICATES) {
      throw new CertificateException("a client's chain has 1 to 6 certificates");
    }
    if (size(chain) > MAX_BYTES) {
      throw new CertificateException("a client's certificates have 16 KiB at most");
    }
    if (!isStrong(chain[0].getPublicKey())) {
      throw new CertificateException("a client's key is RSA of 2048 bits, EC of 256, or EdDSA");
    }
  }

  private static int size(X509Certificate[] chain) throws CertificateEncodingException {
    int size = 0;
    for (X509Certificate certificate : chain) {
      size += certificate.getEncoded().length;
    }
    return size;
  }

  private static boolean isStrong(PublicKey key) {
    return switch (key) {
      case RSAPublicKey rsa -> rsa.getModulus().bitLength() >= MIN_RSA_BITS;
      case ECPublicKey ec -> ec.getParams().getOrder().bitLength() >= MIN_EC_BITS;
      case EdECPublicKey _ -> true;
      default -> false;
    };
  }

  private static CertificateException noServer() {
    return new CertificateException("a server connects to nobody");
  }
}
