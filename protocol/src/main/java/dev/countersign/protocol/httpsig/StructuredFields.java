package dev.countersign.protocol.httpsig;

import dev.countersign.protocol.structured.DictionaryField;
import dev.countersign.protocol.structured.Item;
import dev.countersign.protocol.structured.ListField;
import dev.countersign.protocol.structured.MalformedFieldException;
import dev.countersign.requirement.Enforces;
import java.util.List;
import java.util.Set;

/**
 * The fields that are known to be structured, and what they are: by their specifications, and the
 * registry of field names. Whoever signs another one strictly cannot be followed (RFC 9421 section
 * 2.1.1).
 */
final class StructuredFields {

  private static final Set<String> DICTIONARIES =
      Set.of(
          "accept-signature",
          "cdn-cache-control",
          "content-digest",
          "permissions-policy",
          "priority",
          "repr-digest",
          "reporting-endpoints",
          "signature",
          "signature-input",
          "want-content-digest",
          "want-repr-digest");

  private static final Set<String> LISTS =
      Set.of("accept-ch", "cache-status", "client-cert-chain", "proxy-status");

  private static final Set<String> ITEMS = Set.of("client-cert", "deprecation", "idempotency-key");

  private StructuredFields() {}

  /**
   * The canonical text of a field.
   *
   * @throws MalformedFieldException if it is not what it should be
   * @throws InvalidHttpSignatureException if nobody knows what it should be
   */
  @Enforces("SIG-2")
  static String canonical(String name, List<String> lines)
      throws MalformedFieldException, InvalidHttpSignatureException {
    if (DICTIONARIES.contains(name)) {
      return DictionaryField.parse(lines).serialize();
    }
    if (LISTS.contains(name)) {
      return ListField.parse(lines).serialize();
    }
    if (ITEMS.contains(name)) {
      return Item.parse(lines).serialize();
    }
    throw new InvalidHttpSignatureException("SIG-2", "sf of a field that is not known to have it");
  }

  /** The field as a dictionary; a fault for one that is known to be something else. */
  @Enforces("SIG-2")
  static DictionaryField dictionary(String name, List<String> lines)
      throws MalformedFieldException, InvalidHttpSignatureException {
    if (LISTS.contains(name) || ITEMS.contains(name)) {
      throw new InvalidHttpSignatureException("SIG-2", "key of a field that is no dictionary");
    }
    return DictionaryField.parse(lines);
  }
}
