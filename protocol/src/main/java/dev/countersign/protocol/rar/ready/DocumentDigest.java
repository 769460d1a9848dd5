package dev.countersign.protocol.rar.ready;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import java.util.Base64;
import java.util.Set;

/**
 * A document, by its digest.
 *
 * @param hash in base64 with padding; of 32, 48 or 64 bytes
 * @param label what the person calls the document, 1 to 200 characters
 */
public record DocumentDigest(String hash, String label) {
  private static final Set<Integer> LENGTHS = Set.of(32, 48, 64);
  private static final int LONGEST_LABEL = 200;

  /** Refuses any other with {@link IllegalArgumentException}. */
  public DocumentDigest {
    if (!LENGTHS.contains(length(hash))) {
      throw new IllegalArgumentException(
          "DocumentDigest.hash must be base64 with padding, of 32, 48 or 64 bytes");
    }
    Bounds.requireText("DocumentDigest.label", label, LONGEST_LABEL);
  }

  /** The digest of a document as bytes. */
  public static DocumentDigest of(byte[] digest, String label) {
    return new DocumentDigest(Base64.getEncoder().encodeToString(digest), label);
  }

  /** How many bytes the digest has. */
  int length() {
    return length(hash);
  }

  /** Negative for what is no base64, or not as it is written for these bytes. */
  private static int length(String hash) {
    try {
      byte[] digest = Base64.getDecoder().decode(hash);
      return Base64.getEncoder().encodeToString(digest).equals(hash) ? digest.length : -1;
    } catch (IllegalArgumentException e) {
      return -1;
    }
  }

  static DocumentDigest read(Members members) throws MalformedJsonException {
    return new DocumentDigest(
        Members.required("hash", members.string("hash")),
        Members.required("label", members.string("label")));
  }

  JsonObject toJson() {
    return JsonObject.builder().put("hash", hash).put("label", label).build();
  }

  /** Without the label, which says what a person signs. */
  @Override
  public String toString() {
    return "DocumentDigest";
  }
}
