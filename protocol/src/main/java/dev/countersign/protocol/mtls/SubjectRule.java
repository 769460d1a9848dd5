package dev.countersign.protocol.mtls;

import dev.countersign.requirement.Enforces;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.naming.ldap.LdapName;

/**
 * The one subject that the certificate of a client must have ({@code tls_client_auth}, RFC 8705
 * section 2.1.2). A client registers exactly one of these.
 */
public sealed interface SubjectRule {

  /** Whether the certificate is of this subject. Who signed it is not asked. */
  boolean matches(X509Certificate certificate);

  /** {@code tls_client_auth_subject_dn}: the whole subject. */
  record SubjectDn(String value) implements SubjectRule {

    /** Refuses what is no distinguished name of RFC 4514, or an empty one. */
    public SubjectDn {
      if (DistinguishedNames.parse(value).isEmpty()) {
        throw new IllegalArgumentException("tls_client_auth_subject_dn must not be empty (MT-2)");
      }
    }

    @Override
    @Enforces("MT-2")
    public boolean matches(X509Certificate certificate) {
      LdapName registered = DistinguishedNames.parse(value);
      return DistinguishedNames.of(certificate.getSubjectX500Principal()).equals(registered);
    }
  }

  /** {@code tls_client_auth_san_dns}: a {@code dNSName}, compared without regard to case. */
  record SanDns(String value) implements SubjectRule {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");

    /** Refuses what is no name of a host; a wildcard is none. */
    public SanDns {
      if (!NAME.matcher(value).matches()) {
        throw new IllegalArgumentException("tls_client_auth_san_dns must be a DNS name (MT-2)");
      }
    }

    @Override
    @Enforces("MT-2")
    public boolean matches(X509Certificate certificate) {
      return AlternativeNames.of(certificate, AlternativeNames.DNS)
          .anyMatch(value::equalsIgnoreCase);
    }
  }

  /** {@code tls_client_auth_san_uri}: a {@code uniformResourceIdentifier}, every character. */
  record SanUri(String value) implements SubjectRule {

    /** Refuses an empty one. */
    public SanUri {
      if (value.isBlank()) {
        throw new IllegalArgumentException("tls_client_auth_san_uri must not be empty (MT-2)");
      }
    }

    @Override
    @Enforces("MT-2")
    public boolean matches(X509Certificate certificate) {
      return AlternativeNames.of(certificate, AlternativeNames.URI).anyMatch(value::equals);
    }
  }

  /** {@code tls_client_auth_san_ip}: an {@code iPAddress}, however it is written. */
  record SanIp(String value) implements SubjectRule {

    /** Refuses what is no IPv4 address in dotted form and no IPv6 address. */
    public SanIp {
      byte[] unused = AlternativeNames.address(value);
    }

    @Override
    @Enforces("MT-2")
    public boolean matches(X509Certificate certificate) {
      byte[] registered = AlternativeNames.address(value);
      return AlternativeNames.of(certificate, AlternativeNames.IP)
          .anyMatch(shown -> Arrays.equals(AlternativeNames.address(shown), registered));
    }
  }

  /** {@code tls_client_auth_san_email}: an {@code rfc822Name}; its domain without case. */
  record SanEmail(String value) implements SubjectRule {

    /** Refuses what is not local part, at sign and domain. */
    public SanEmail {
      int at = value.lastIndexOf('@');
      if (at < 1 || at == value.length() - 1) {
        throw new IllegalArgumentException(
            "tls_client_auth_san_email must be an address with a domain (MT-2)");
      }
    }

    @Override
    @Enforces("MT-2")
    public boolean matches(X509Certificate certificate) {
      return AlternativeNames.of(certificate, AlternativeNames.EMAIL)
          .anyMatch(shown -> folded(shown).equals(folded(value)));
    }

    /** RFC 5280 section 7.5: only the domain is without case. */
    private static String folded(String address) {
      int at = address.lastIndexOf('@');
      return address.substring(0, at + 1) + address.substring(at + 1).toLowerCase(Locale.ROOT);
    }
  }

  /** The entries of {@code subjectAltName}. */
  final class AlternativeNames {
    // RFC 5280 section 4.2.1.6, GeneralName.
    static final int EMAIL = 1;
    static final int DNS = 2;
    static final int URI = 6;
    static final int IP = 7;

    private static final Pattern IPV4 =
        Pattern.compile("(25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(25[0-5]|2[0-4]\\d|1?\\d?\\d)){3}");
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

    /** The bytes of an address; only literals get as far as the JDK, so nothing is looked up. */
    static byte[] address(String text) {
      if (IPV4.matcher(text).matches() || IPV6.matcher(text).matches()) {
        try {
          return InetAddress.getByName(text).getAddress();
        } catch (UnknownHostException e) {
          throw new IllegalArgumentException("not an IP address (MT-2)", e);
        }
      }
      throw new IllegalArgumentException(
          "tls_client_auth_san_ip must be an IPv4 address in dotted form or an IPv6 one (MT-2)");
    }
  }
}
