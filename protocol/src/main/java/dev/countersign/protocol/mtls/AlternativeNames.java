package dev.countersign.protocol.mtls;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The entries of {@code subjectAltName}. */
final class AlternativeNames {
  // RFC 5280 section 4.2.1.6, GeneralName.
  static final int EMAIL = 1;
  static final int DNS = 2;
  static final int URI = 6;
  static final int IP = 7;

  private static final String OCTET = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
  private static final Pattern IPV4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
  private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*");

  private AlternativeNames() {}

  /** Those of one kind; none if the extension cannot be read. */
  static Stream<String> of(X509Certificate certificate, int kind) {
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      return names == null
          ? Stream.empty()
          : names.stream()
              .filter(name -> name.get(0).equals(kind))
              .map(name -> name.get(1))
              .filter(String.class::isInstance)
              .map(String.class::cast);
    } catch (CertificateParsingException unreadable) {
      return Stream.empty();
    }
  }

  /**
   * The 4 or 16 bytes of an address; empty if it is none. Only literals get as far as the JDK, so
   * nothing is looked up. An IPv4 address within IPv6 ({@code ::ffff:192.0.2.7}) is that IPv4
   * address, to the JDK in certificates, too: both reach the same host.
   */
  static Optional<ByteBuffer> address(String text) {
    if (!IPV4.matcher(text).matches() && !IPV6.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(ByteBuffer.wrap(InetAddress.getByName(text).getAddress()));
    } catch (UnknownHostException noLiteral) {
      return Optional.empty();
    }
  }
}
