package dev.countersign.demo.story;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.countersign.protocol.httpsig.Component;
import dev.countersign.protocol.httpsig.ContentDigest;
import dev.countersign.protocol.httpsig.InvalidHttpSignatureException;
import dev.countersign.protocol.httpsig.SignatureParameters;
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
 * @param covered what is signed, in the order of the signature base
 * @param created when it was made
 * @param keyid which key made it
 * @param tag what it is for
 * @param signer whose key it is, verified for what FAPI uses such a signature for; absent if it is
 *     nobody's we know, or the message is not what was signed
 */
public record SeenSignature(
    String what,
    List<Covered> covered,
    Optional<Instant> created,
    Optional<String> keyid,
    Optional<String> tag,
    Optional<KeyRing.Owner> signer) {

  /** Copies the list. */
  public SeenSignature {
    covered = List.copyOf(covered);
  }

  /**
   * A part of a message that is signed: one line of the signature base (RFC 9421 section 2.5).
   *
   * @param name for example {@code @method}; with {@code ;req} behind it if it is of the request
   *     that an answer is to
   * @param value what the message has there now; absent if it has nothing that can be signed
   */
  public record Covered(String name, Optional<String> value) {}

  /** The signature base of a message, for what a signature says that it covers. */
  interface Base {
    byte[] of(SignatureParameters parameters) throws InvalidHttpSignatureException;
  }

  /** The first one that the lines of {@code Signature-Input} name, with its signer if there is. */
  static Optional<SeenSignature> read(
      String what, List<String> inputs, Base base, Optional<KeyRing.Owner> signer) {
    try {
      return DictionaryField.parse(inputs).members().values().stream()
          .filter(InnerList.class::isInstance)
          .map(InnerList.class::cast)
          .findFirst()
          .map(list -> of(what, list, base, signer));
    } catch (MalformedFieldException e) {
      return Optional.empty();
    }
  }

  private static SeenSignature of(
      String what, InnerList list, Base base, Optional<KeyRing.Owner> signer) {
    return new SeenSignature(
        what,
        list.items().stream().map(item -> new Covered(name(item), value(item, base))).toList(),
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

  private static Optional<String> value(Item item, Base base) {
    if (!(item.value() instanceof StringItem(String name))) {
      return Optional.empty();
    }
    try {
      Component component = new Component(name, item.parameters());
      byte[] lines = base.of(SignatureParameters.of(List.of(component), Instant.EPOCH, "", ""));
      String text = new String(lines, US_ASCII);
      int from = component.identifier().length() + ": ".length();
      return Optional.of(text.substring(from, text.indexOf('\n')));
    } catch (InvalidHttpSignatureException | IllegalArgumentException e) {
      // Somebody's signature covers what is not there, or nothing that RFC 9421 knows.
      return Optional.empty();
    }
  }

  /** The names of all that is signed. */
  List<String> names() {
    return covered.stream().map(Covered::name).toList();
  }

  /** Whether all of these are signed. */
  boolean covers(String... names) {
    return names().containsAll(List.of(names));
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
