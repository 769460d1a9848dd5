package dev.countersign.attacker.tls;

import java.net.InetAddress;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.DSAPublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The certificates that a server showed, whoever signed them.
 *
 * @param host the name or address that was asked for
 * @param chain as sent, the server's own first; never empty
 */
public record CertificateFacts(String host, List<X509Certificate> chain) {
  private static final int DNS_NAME = 2;
  private static final int IP_ADDRESS = 7;

  /** Refuses an empty chain, and copies it. */
  public CertificateFacts {
    chain = List.copyOf(chain);
    if (chain.isEmpty()) {
      throw new IllegalArgumentException("a chain has at least one certificate");
    }
  }

  /** The server's own. */
  public X509Certificate own() {
    return chain.getFirst();
  }

  /** {@code RSA}, {@code EC}, {@code EdDSA} ... of the server's own key. */
  public String keyAlgorithm() {
    return own().getPublicKey().getAlgorithm();
  }

  /** The size of the server's own key in bits; 0 if its kind is not known. */
  public int keyBits() {
    return switch (own().getPublicKey()) {
      case RSAPublicKey rsa -> rsa.getModulus().bitLength();
      case ECPublicKey ec -> ec.getParams().getCurve().getField().getFieldSize();
      case DSAPublicKey dsa when dsa.getParams() != null -> dsa.getParams().getP().bitLength();
      case EdECPublicKey ed -> "Ed448".equals(ed.getParams().getName()) ? 448 : 255;
      default -> 0;
    };
  }

  /** By what the server's own was signed, such as {@code SHA256withRSA}. */
  public String signatureAlgorithm() {
    return own().getSigAlgName();
  }

  /** Whether every certificate of the chain is valid then, both ends included. */
  public boolean isValid(Instant now) {
    return chain.stream()
        .noneMatch(
            one ->
                now.isBefore(one.getNotBefore().toInstant())
                    || now.isAfter(one.getNotAfter().toInstant()));
  }

  /**
   * Whether the server's own names the host, by RFC 9525: in {@code subjectAltName} only, a
   * wildcard only as the whole left-most label.
   */
  public boolean namesHost() {
    try {
      Collection<List<?>> names = own().getSubjectAlternativeNames();
      return names != null && names.stream().anyMatch(this::isHost);
    } catch (CertificateParsingException _) {
      return false;
    }
  }

  private boolean isHost(List<?> name) {
    if (!(name.getFirst() instanceof Integer kind) || !(name.get(1) instanceof String value)) {
      return false;
    }
    Optional<InetAddress> address = address(host);
    if (address.isPresent()) {
      return kind == IP_ADDRESS && address.equals(address(value));
    }
    if (kind != DNS_NAME) {
      return false;
    }
    int dot = host.indexOf('.');
    boolean covered = dot > 0 && value.equalsIgnoreCase("*" + host.substring(dot));
    return covered || value.equalsIgnoreCase(host);
  }

  /** The address that a host of a URL is, if it is none by name. */
  static Optional<InetAddress> address(String host) {
    try {
      return Optional.of(InetAddress.ofLiteral(host.replaceAll("[\\[\\]]", "")));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
