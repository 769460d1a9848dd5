package dev.countersign.protocol.mtls;

import dev.countersign.requirement.Enforces;
import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

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
      if (DistinguishedName.parse(value).isEmpty()) {
        throw new IllegalArgumentException("tls_client_auth_subject_dn must not be empty (MT-2)");
      }
    }

    @Override
    @Enforces("MT-2")
    public boolean matches(X509Certificate certificate) {
      DistinguishedName registered = DistinguishedName.parse(value);
      return DistinguishedName.of(certificate.getSubjectX500Principal())
          .filter(registered::equals)
          .isPresent();
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
      if (AlternativeNames.address(value).isEmpty()) {
        throw new IllegalArgumentException(
            "tls_client_auth_san_ip must be an IPv4 address in dotted form or an IPv6 one (MT-2)");
      }
    }

    @Override
    @Enforces("MT-2")
    public boolean matches(X509Certificate certificate) {
      Optional<ByteBuffer> registered = AlternativeNames.address(value);
      return AlternativeNames.of(certificate, AlternativeNames.IP)
          .map(AlternativeNames::address)
          .filter(Optional::isPresent)
          .anyMatch(registered::equals);
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
}
