package dev.countersign.protocol.rar.ready;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * A document, by its digest.
 *
 * @param hash in base64, of 32 to 64 bytes
 * @param label what the person calls the document, 1 to 200 characters
 */
public record DocumentDigest(String hash, String label) {
  private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/]{43,86}={0,2}");
  private static final int LONGEST_LABEL = 200;

  /** Refuses any other with {@link IllegalArgumentException}. */
  public DocumentDigest {
    Bounds.requireForm("DocumentDigest.hash", hash, BASE64, "base64 of 32 to 64 bytes");
    Bounds.requireText("DocumentDigest.label", label, LONGEST_LABEL);
  }

  /** The digest of a document as bytes. */
  public static DocumentDigest of(byte[] digest, String label) {
    return new DocumentDigest(Base64.getEncoder().encodeToString(digest), label);
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
