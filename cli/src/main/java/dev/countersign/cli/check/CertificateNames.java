package dev.countersign.cli.check;

import java.net.InetAddress;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The names in the subjectAltName of a server's certificate, as clients compare them (RFC 9525).
 */
final class CertificateNames {
  private static final int DNS_NAME = 2;
  private static final int IP_ADDRESS = 7;

  private final List<String> dns = new ArrayList<>();
  private final List<InetAddress> addresses = new ArrayList<>();

  private CertificateNames() {}

  static CertificateNames of(X509Certificate certificate) {
    CertificateNames names = new CertificateNames();
    try {
      Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
      Optional.ofNullable(alternatives).orElse(List.of()).forEach(names::add);
    } catch (CertificateParsingException e) {
      throw new IllegalStateException("a TlsIdentity has names that can be read", e);
    }
    return names;
  }

  private void add(List<?> alternative) {
    String value = String.valueOf(alternative.getLast());
    switch ((Integer) alternative.getFirst()) {
      case DNS_NAME -> dns.add(value.toLowerCase(Locale.ROOT));
      case IP_ADDRESS -> addresses.add(InetAddress.ofLiteral(value));
      default -> {
        // A server is named by the other kinds in protocols other than HTTPS.
      }
    }
  }

  /** Whether one of them is this host of a URL; an IPv6 address stands in brackets. */
  boolean cover(String host) {
    return address(host)
        .map(addresses::contains)
        .orElseGet(
            () -> dns.stream().anyMatch(name -> covers(name, host.toLowerCase(Locale.ROOT))));
  }

  /** RFC 9525 section 6.3: a wildcard stands for one whole label, the first. */
  private static boolean covers(String name, String host) {
    return name.startsWith("*.")
        ? host.indexOf('.') > 0 && name.substring(1).equals(host.substring(host.indexOf('.')))
        : name.equals(host);
  }

  String listed() {
    List<String> all = new ArrayList<>(dns);
    addresses.forEach(address -> all.add(address.getHostAddress()));
    return all.isEmpty() ? "nothing" : String.join(", ", all);
  }

  private static Optional<InetAddress> address(String host) {
    try {
      return Optional.of(InetAddress.ofLiteral(host.replaceAll("^\\[|]$", "")));
    } catch (IllegalArgumentException e) {
      // It is a name.
      return Optional.empty();
    }
  }
}
