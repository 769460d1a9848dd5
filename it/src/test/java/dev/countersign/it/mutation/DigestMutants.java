package dev.countersign.it.mutation;

import static dev.countersign.it.mutation.SeededMutant.in;

import java.util.List;

/** Mistakes in structured fields and in digests of content. */
final class DigestMutants {
  private static final String DIGEST = "protocol.httpsig.ContentDigest";

  static final List<SeededMutant> ALL =
      List.of(
          in(
              "protocol",
              "protocol.structured.DictionaryField",
              "FieldReader.Repeated.REFUSED",
              "FieldReader.Repeated.LAST_COUNTS",
              "SIG-1"),
          in(
              "protocol",
              DIGEST,
              "field = DictionaryField.parseDistinct(lines);",
              "field = DictionaryField.parse(lines);",
              "ATT-66"),
          // One good digest would be enough.
          in(
              "protocol",
              DIGEST,
              "all &= MessageDigest.isEqual",
              "all = MessageDigest.isEqual",
              "ATT-66"),
          in("protocol", DIGEST, "if (digests.isEmpty()) {", "if (false) {", "SIG-10", "ATT-66"),
          in("protocol", DIGEST, "if (!all) {", "if (false) {", "SIG-10"));

  private DigestMutants() {}
}
