package dev.countersign.protocol.mtls;

import dev.countersign.requirement.Enforces;
import java.text.Normalizer;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.naming.InvalidNameException;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.security.auth.x500.X500Principal;

/**
 * A distinguished name in the form in which two of them compare ({@code distinguishedNameMatch},
 * RFC 4517 section 4.2.15): relative names in order, the attributes of each in any; types by
 * identifier; values prepared as RFC 4518 has it for {@code caseIgnoreMatch}.
 *
 * <p>{@code X500Principal} reads and writes names rightly but does not compare so: it takes the
 * same text in two ASN.1 string types for two values. {@code LdapName} unescapes rightly and
 * compares values without regard to case, but knows no other of the rules. An attribute whose type
 * is not listed here comes as its encoding and compares byte by byte: too strict at worst.
 *
 * @param relativeNames the most specific first, as RFC 4514 writes them
 */
record DistinguishedName(List<Map<String, Set<String>>> relativeNames) {
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

  /**
   * A name as somebody wrote it (RFC 4514).
   *
   * @throws IllegalArgumentException if it is none
   */
  static DistinguishedName parse(String text) {
    return principal(text)
        .flatMap(DistinguishedName::of)
        .orElseThrow(() -> new IllegalArgumentException("not a distinguished name (MT-2)"));
  }

  /**
   * As a certificate would have it, in which an identifier can be written in one way only. The
   * JDK's own message would hold the text.
   */
  private static Optional<X500Principal> principal(String text) {
    try {
      return Optional.of(new X500Principal(new X500Principal(text, IDENTIFIERS).getEncoded()));
    } catch (IllegalArgumentException notAName) {
      return Optional.empty();
    }
  }

  /** The name of a certificate; empty if a value in it cannot be read. */
  @Enforces("MT-2")
  static Optional<DistinguishedName> of(X500Principal name) {
    try {
      return Optional.of(
          new DistinguishedName(
              new LdapName(name.getName(X500Principal.RFC2253, NAMES))
                      // LdapName counts from the right end of the text.
                      .getRdns()
                      .reversed()
                      .stream()
                      .map(DistinguishedName::attributes)
                      .toList()));
    } catch (InvalidNameException unreadable) {
      return Optional.empty();
    }
  }

  boolean isEmpty() {
    return relativeNames.isEmpty();
  }

  private static Map<String, Set<String>> attributes(Rdn relativeName) {
    try {
      Map<String, Set<String>> attributes = new TreeMap<>();
      for (Attribute attribute : Collections.list(relativeName.toAttributes().getAll())) {
        Set<String> values = new TreeSet<>();
        for (Object value : Collections.list(attribute.getAll())) {
          values.add(prepared(value));
        }
        attributes.put(attribute.getID().toUpperCase(Locale.ROOT), values);
      }
      return attributes;
    } catch (NamingException e) {
      throw new IllegalStateException("attributes in memory can be listed", e);
    }
  }

  /** RFC 4518: compatible characters, case and insignificant space make no difference. */
  private static String prepared(Object value) {
    if (value instanceof byte[] encoding) {
      return "#" + HexFormat.of().formatHex(encoding);
    }
    String text = Normalizer.normalize(value.toString(), Normalizer.Form.NFKC);
    // Up and down again: so a sharp s and its two letters are one, as case folding has it.
    String folded = text.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    return folded.strip().replaceAll("\\s+", " ");
  }
}
