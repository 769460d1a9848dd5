package dev.countersign.protocol.httpsig;

import dev.countersign.protocol.structured.BareItem.ByteSequence;
import dev.countersign.protocol.structured.DictionaryField;
import dev.countersign.protocol.structured.Item;
import dev.countersign.protocol.structured.MalformedFieldException;
import dev.countersign.protocol.structured.Member;
import dev.countersign.requirement.Enforces;
import java.security.MessageDigest;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The field {@code Content-Digest} (RFC 9530 section 2): digests of the content of one message, as
 * it was sent. Content that was compressed is digested as it is then; chunks and other transfer
 * codings are no part of it. At least one digest is by an active algorithm.
 */
public final class ContentDigest {

  /** The field's name, as a signature covers it. */
  public static final String FIELD = "content-digest";

  private final Map<DigestAlgorithm, ByteSequence> digests;

  private ContentDigest(Map<DigestAlgorithm, ByteSequence> digests) {
    this.digests = digests;
  }

  /** The digest of {@code content} by {@code sha-256}; no bytes have a digest, too. */
  public static ContentDigest of(byte[] content) {
    return of(content, DigestAlgorithm.SHA_256);
  }

  /** The digests of {@code content} by these algorithms, in this order. */
  @Enforces("SIG-10")
  public static ContentDigest of(byte[] content, DigestAlgorithm first, DigestAlgorithm... more) {
    Map<DigestAlgorithm, ByteSequence> digests = new LinkedHashMap<>();
    digests.put(first, new ByteSequence(first.digest(content)));
    for (DigestAlgorithm algorithm : more) {
      digests.put(algorithm, new ByteSequence(algorithm.digest(content)));
    }
    return new ContentDigest(digests);
  }

  /**
   * Reads the field. Algorithms that are not active (md5, sha, unixsum, unixcksum, adler, crc32c)
   * or not known say nothing, good or bad: section 2 lets a recipient ignore any of them. What
   * remains is verified, all of it.
   *
   * @param lines the values of all lines of the field
   * @throws InvalidHttpSignatureException if the field is missing or is no dictionary, if no
   *     algorithm is active, one comes twice, or its digest is no byte sequence
   */
  @Enforces({"SIG-10", "ATT-66"})
  public static ContentDigest parse(List<String> lines) throws InvalidHttpSignatureException {
    DictionaryField field;
    try {
      // The last of two values would count (RFC 9651 section 4.2.2), but somebody on the way may
      // have looked at the first: two are one too many.
      field = DictionaryField.parseDistinct(lines);
    } catch (MalformedFieldException e) {
      throw refused("Content-Digest: " + e.reason());
    }
    Map<DigestAlgorithm, ByteSequence> digests = new EnumMap<>(DigestAlgorithm.class);
    for (Map.Entry<String, Member> entry : field.members().entrySet()) {
      Optional<DigestAlgorithm> algorithm = DigestAlgorithm.of(entry.getKey());
      if (algorithm.isPresent()) {
        digests.put(algorithm.get(), bytes(entry.getValue()));
      }
    }
    if (digests.isEmpty()) {
      throw refused("Content-Digest has neither sha-256 nor sha-512");
    }
    return new ContentDigest(digests);
  }

  private static ByteSequence bytes(Member member) throws InvalidHttpSignatureException {
    if (member instanceof Item item && item.value() instanceof ByteSequence bytes) {
      return bytes;
    }
    throw refused("Content-Digest has a digest that is no byte sequence");
  }

  /** The field's value. */
  public String toHeader() {
    Map<String, Member> members = new LinkedHashMap<>();
    digests.forEach((algorithm, digest) -> members.put(algorithm.key(), Item.of(digest)));
    return new DictionaryField(members).serialize();
  }

  /**
   * Compares every digest with the content, in constant time.
   *
   * @param content the bytes as they were sent
   * @return the proof, and a copy of the bytes
   * @throws InvalidHttpSignatureException if one digest or more is of other content
   */
  @Enforces({"SIG-10", "ATT-66"})
  public VerifiedContent verify(byte[] content) throws InvalidHttpSignatureException {
    boolean all = true;
    for (Map.Entry<DigestAlgorithm, ByteSequence> entry : digests.entrySet()) {
      all &= MessageDigest.isEqual(entry.getValue().value(), entry.getKey().digest(content));
    }
    if (!all) {
      throw refused("Content-Digest is of other content");
    }
    return new VerifiedContentRecord(content);
  }

  private static InvalidHttpSignatureException refused(String reason) {
    return new InvalidHttpSignatureException("SIG-10", reason);
  }

  /** The algorithms, and not the digests: those of short content tell it. */
  @Override
  public String toString() {
    return "ContentDigest" + digests.keySet();
  }
}
