package dev.countersign.protocol.mtls;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.security.auth.x500.X500Principal;

/**
 * Distinguished names in a form that compares as RFC 4517 wants ({@code distinguishedNameMatch}):
 * attribute types by identifier, values without regard to case and insignificant space.
 *
 * <p>{@code X500Principal.equals} would not do: it takes the same text in two ASN.1 string types
 * for two values. So its text goes to {@code LdapName}, which compares texts. An attribute type
 * that is not listed here is written as its encoding and compares byte by byte: too strict at
 * worst.
 */
final class DistinguishedNames {
  /** Short names by object identifier: RFC 4519, and those that certificates of banks have. */
  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("2.5.4.3", "CN"),
          Map.entry("2.5.4.4", "SN"),
          Map.entry("2.5.4.5", "SERIALNUMBER"),
          Map.entry("2.5.4.6", "C"),
          Map.entry("2.5.4.7", "L"),
          Map.entry("2.5.4.8", "ST"),
          Map.entry("2.5.4.9", "STREET"),
          Map.entry("2.5.4.10", "O"),
          Map.entry("2.5.4.11", "OU"),
          Map.entry("2.5.4.12", "TITLE"),
          Map.entry("2.5.4.15", "BUSINESSCATEGORY"),
          Map.entry("2.5.4.17", "POSTALCODE"),
          Map.entry("2.5.4.42", "GIVENNAME"),
          Map.entry("2.5.4.43", "INITIALS"),
          Map.entry("2.5.4.44", "GENERATIONQUALIFIER"),
          Map.entry("2.5.4.46", "DNQUALIFIER"),
          Map.entry("2.5.4.65", "PSEUDONYM"),
          Map.entry("2.5.4.97", "ORGANIZATIONIDENTIFIER"),
          Map.entry("0.9.2342.19200300.100.1.1", "UID"),
          Map.entry("0.9.2342.19200300.100.1.25", "DC"),
          Map.entry("1.2.840.113549.1.9.1", "EMAILADDRESS"),
          Map.entry("1.3.6.1.4.1.311.60.2.1.1", "JURISDICTIONLOCALITYNAME"),
          Map.entry("1.3.6.1.4.1.311.60.2.1.2", "JURISDICTIONSTATEORPROVINCENAME"),
          Map.entry("1.3.6.1.4.1.311.60.2.1.3", "JURISDICTIONCOUNTRYNAME"));

  private static final Map<String, String> IDENTIFIERS =
      NAMES.entrySet().stream()
          .collect(Collectors.toUnmodifiableMap(Map.Entry::getValue, Map.Entry::getKey));

  private DistinguishedNames() {}

  /**
   * A name as somebody wrote it (RFC 4514).
   *
   * @throws IllegalArgumentException if it is none
   */
  static LdapName parse(String text) {
    return of(new X500Principal(text, IDENTIFIERS));
  }

  /** The name of a certificate. */
  static LdapName of(X500Principal name) {
    try {
      return new LdapName(name.getName(X500Principal.RFC2253, NAMES).toLowerCase(Locale.ROOT));
    } catch (InvalidNameException e) {
      throw new IllegalArgumentException("not a distinguished name (MT-2)", e);
    }
  }
}
