package dev.countersign.protocol.httpsig;

import dev.countersign.protocol.http.Headers;
import dev.countersign.protocol.jose.Base64Url;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.jose.PublicJwk;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.oauth.Jti;
import dev.countersign.protocol.structured.BareItem.ByteSequence;
import dev.countersign.protocol.structured.BareItem.StringItem;
import dev.countersign.protocol.structured.DictionaryField;
import dev.countersign.protocol.structured.InnerList;
import dev.countersign.protocol.structured.Item;
import dev.countersign.protocol.structured.MalformedFieldException;
import dev.countersign.protocol.structured.Member;
import dev.countersign.requirement.Enforces;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One signature of a message: a label in {@code Signature-Input} and in {@code Signature}. */
record LabelledSignature(SignatureParameters parameters, ByteSequence signature) {

  static final String INPUT = "signature-input";
  static final String SIGNATURE = "signature";
  private static final String LABEL = "sig1";
  private static final int MAX_LABELS = 16;

  /** Of signatures by ES256 and Ed25519. */
  private static final int HALF = 32;

  /**
   * The one signature that is for {@code tag}. Those that are for something else are not looked at.
   *
   * @param unsigned the rule that is broken where there is no signature at all
   * @param untagged the rule that is broken where none is for {@code tag}
   */
  @Enforces({"SIG-1", "SIG-8", "ATT-65"})
  static LabelledSignature find(Headers headers, String tag, String unsigned, String untagged)
      throws InvalidHttpSignatureException {
    DictionaryField inputs = dictionary(headers, INPUT);
    DictionaryField signatures = dictionary(headers, SIGNATURE);
    if (inputs.members().isEmpty() || signatures.members().isEmpty()) {
      throw new InvalidHttpSignatureException(
          unsigned, "there is no Signature-Input, or no Signature");
    }
    List<LabelledSignature> found = new ArrayList<>();
    for (Map.Entry<String, Member> input : inputs.members().entrySet()) {
      if (input.getValue() instanceof InnerList list && isFor(list, tag)) {
        found.add(
            new LabelledSignature(
                SignatureParameters.read(list), bytes(signatures.get(input.getKey()))));
      }
    }
    if (found.isEmpty()) {
      throw new InvalidHttpSignatureException(untagged, "no signature has the tag " + tag);
    }
    if (found.size() > 1) {
      throw new InvalidHttpSignatureException("SIG-8", "more than one signature has the tag");
    }
    return found.getFirst();
  }

  private static boolean isFor(InnerList list, String tag) {
    return list.parameters().get("tag").filter(new StringItem(tag)::equals).isPresent();
  }

  private static DictionaryField dictionary(Headers headers, String name)
      throws InvalidHttpSignatureException {
    try {
      DictionaryField field = DictionaryField.parseDistinct(headers.all(name));
      if (field.members().size() > MAX_LABELS) {
        throw new InvalidHttpSignatureException("SIG-1", name + " has more than 16 members");
      }
      return field;
    } catch (MalformedFieldException e) {
      throw new InvalidHttpSignatureException("SIG-1", name + ": " + e.reason());
    }
  }

  private static ByteSequence bytes(Optional<Member> signature)
      throws InvalidHttpSignatureException {
    if (signature.isPresent()
        && signature.get() instanceof Item item
        && item.value() instanceof ByteSequence bytes) {
      return bytes;
    }
    throw new InvalidHttpSignatureException("SIG-1", "the signature of the label is missing");
  }

  /**
   * A signature whose maker was found.
   *
   * @param key that made it
   * @param uniqueId see {@link VerifiedRequestSignature#uniqueId}
   */
  record Made(PublicJwk key, Jti uniqueId) {}

  /**
   * Finds the key that made it, one of those that {@code keyid} leaves; none without. What was
   * signed is put together only when there is such a key: that is the costly part, and anybody can
   * name many components.
   */
  @Enforces({"SIG-7", "SIG-8"})
  Made verify(Jose jose, ComponentValues values, JwkSet keys) throws InvalidHttpSignatureException {
    String keyid =
        parameters
            .keyid()
            .orElseThrow(() -> new InvalidHttpSignatureException("SIG-8", "there is no keyid"));
    List<PublicJwk> candidates =
        keys.keys().stream().filter(key -> key.kid().equals(Optional.of(keyid))).toList();
    if (candidates.isEmpty()) {
      throw new InvalidHttpSignatureException("SIG-8", "keyid names no key of the signer");
    }
    byte[] base = SignatureBase.of(values, parameters);
    return candidates.stream()
        .filter(key -> parameters.alg().isEmpty() || parameters.alg().equals(name(key)))
        .filter(key -> jose.isSigned(base, signature.value(), key))
        .findFirst()
        .map(key -> new Made(key, uniqueId(base)))
        .orElseThrow(
            () -> new InvalidHttpSignatureException("SIG-7", "the signature is not by that key"));
  }

  /**
   * Anybody can make a second good signature of one by ES256, by negating its other half; the first
   * half stays, and no other half fits it.
   */
  private Jti uniqueId(byte[] base) {
    byte[] both = Arrays.copyOf(base, base.length + HALF);
    System.arraycopy(signature.value(), 0, both, base.length, HALF);
    return new Jti(Base64Url.encode(DigestAlgorithm.SHA_256.digest(both)));
  }

  /** What RFC 9421 calls the algorithm of a key: it has no name for PS256. */
  private static Optional<String> name(PublicJwk key) {
    return switch (key.algorithm()) {
      case PS256 -> Optional.empty();
      case ES256 -> Optional.of("ecdsa-p256-sha256");
      case EDDSA -> Optional.of("ed25519");
    };
  }

  /** The two fields of a new signature. */
  static List<Map.Entry<String, String>> create(
      Jose jose, SigningKey key, SignatureParameters parameters, ComponentValues values) {
    try {
      byte[] signature = jose.sign(SignatureBase.of(values, parameters), key);
      return List.of(
          Map.entry(
              "Signature-Input", new DictionaryField(Map.of(LABEL, parameters.text())).serialize()),
          Map.entry(
              "Signature",
              new DictionaryField(Map.of(LABEL, Item.of(new ByteSequence(signature))))
                  .serialize()));
    } catch (InvalidHttpSignatureException e) {
      throw new IllegalArgumentException("the message cannot be signed: " + e.getMessage(), e);
    }
  }
}
