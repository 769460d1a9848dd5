package dev.countersign.demo.story;

import dev.countersign.protocol.httpsig.ContentDigest;
import dev.countersign.protocol.httpsig.InvalidHttpSignatureException;
import dev.countersign.protocol.structured.BareItem.IntegerItem;
import dev.countersign.protocol.structured.BareItem.StringItem;
import dev.countersign.protocol.structured.DictionaryField;
import dev.countersign.protocol.structured.InnerList;
import dev.countersign.protocol.structured.Item;
import dev.countersign.protocol.structured.MalformedFieldException;
import dev.countersign.protocol.structured.Parameters;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The HTTP signature of a message, as its sender describes it (RFC 9421 section 4.1).
 *
 * @param what whose it is: {@code HTTP request} or {@code HTTP answer}
 * @param covered what is signed, for example {@code @method}; with {@code ;req} behind it if it is
 *     of the request that an answer is to
 * @param created when it was made
 * @param keyid which key made it
 * @param tag what it is for
 * @param signer whose key it is, verified for what FAPI uses such a signature for; absent if it is
 *     nobody's we know, or the message is not what was signed
 */
public record SeenSignature(
    String what,
    List<String> covered,
    Optional<Instant> created,
    Optional<String> keyid,
    Optional<String> tag,
    Optional<KeyRing.Owner> signer) {

  /** Copies the list. */
  public SeenSignature {
    covered = List.copyOf(covered);
  }

  /** The first one that the lines of {@code Signature-Input} name, with its signer if there is. */
  static Optional<SeenSignature> read(
      String what, List<String> inputs, Optional<KeyRing.Owner> signer) {
    try {
      return DictionaryField.parse(inputs).members().values().stream()
          .filter(InnerList.class::isInstance)
          .map(InnerList.class::cast)
          .findFirst()
          .map(list -> of(what, list, signer));
    } catch (MalformedFieldException e) {
      return Optional.empty();
    }
  }

  private static SeenSignature of(String what, InnerList list, Optional<KeyRing.Owner> signer) {
    return new SeenSignature(
        what,
        list.items().stream().map(SeenSignature::name).toList(),
        list.parameters()
            .get("created")
            .filter(IntegerItem.class::isInstance)
            .map(value -> Instant.ofEpochSecond(((IntegerItem) value).value())),
        text(list.parameters(), "keyid"),
        text(list.parameters(), "tag"),
        signer);
  }

  private static Optional<String> text(Parameters parameters, String name) {
    return parameters
        .get(name)
        .filter(StringItem.class::isInstance)
        .map(value -> ((StringItem) value).value());
  }

  private static String name(Item item) {
    String name = item.value() instanceof StringItem(String text) ? text : "?";
    return name + item.parameters().serialize();
  }

  /** Whether all of these are signed. */
  boolean covers(String... names) {
    return covered.containsAll(List.of(names));
  }

  /** Whether {@code name}'s key made it. */
  boolean isSignedBy(String name) {
    return signer.filter(known -> known.name().equals(name)).isPresent();
  }

  /** Whether the lines of {@code Content-Digest} are right for this content. */
  public static boolean fits(List<String> digests, byte[] content) {
    try {
      ContentDigest.parse(digests).verify(content);
      return true;
    } catch (InvalidHttpSignatureException e) {
      return false;
    }
  }
}
