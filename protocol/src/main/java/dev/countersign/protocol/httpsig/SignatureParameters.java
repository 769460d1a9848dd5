package dev.countersign.protocol.httpsig;

import dev.countersign.protocol.structured.BareItem;
import dev.countersign.protocol.structured.BareItem.IntegerItem;
import dev.countersign.protocol.structured.BareItem.StringItem;
import dev.countersign.protocol.structured.InnerList;
import dev.countersign.protocol.structured.Item;
import dev.countersign.protocol.structured.Parameters;
import dev.countersign.requirement.Enforces;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What one signature covers, and what it says of itself (RFC 9421 section 2.3). Immutable.
 *
 * @param components what is signed, in the order of the signature base
 * @param created when it was made; whole seconds
 * @param expires when it stops being good; whole seconds
 * @param nonce what makes it unique
 * @param alg the algorithm by its name in the registry of RFC 9421
 * @param keyid which key made it
 * @param tag what it is for
 * @param text how it is written, which is also the value of {@code @signature-params}
 */
public record SignatureParameters(
    List<Component> components,
    Optional<Instant> created,
    Optional<Instant> expires,
    Optional<String> nonce,
    Optional<String> alg,
    Optional<String> keyid,
    Optional<String> tag,
    InnerList text) {

  private static final int MAX_COMPONENTS = 64;

  /** Copies the list. */
  public SignatureParameters {
    components = List.copyOf(components);
  }

  /** What a signature of ours says: when it was made, by which key, and for what. */
  public static SignatureParameters of(
      List<Component> components, Instant created, String keyid, String tag) {
    return of(components, created, keyid, tag, Optional.empty());
  }

  /** The same, with a nonce. */
  static SignatureParameters of(
      List<Component> components,
      Instant created,
      String keyid,
      String tag,
      Optional<SignatureNonce> nonce) {
    Parameters named =
        Parameters.NONE
            .with("created", new IntegerItem(created.getEpochSecond()))
            .with("keyid", new StringItem(keyid))
            .with("tag", new StringItem(tag));
    Parameters parameters =
        nonce.map(one -> named.with("nonce", new StringItem(one.value()))).orElse(named);
    try {
      return read(new InnerList(components.stream().map(Component::item).toList(), parameters));
    } catch (InvalidHttpSignatureException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /**
   * Reads a member of {@code Signature-Input}.
   *
   * @throws InvalidHttpSignatureException for a component that is none, that comes twice, or more
   *     than 64; a parameter of the wrong type or a time out of range. Parameters that nobody
   *     defined are signed, and mean nothing.
   */
  @Enforces({"SIG-2", "SIG-6"})
  static SignatureParameters read(InnerList list) throws InvalidHttpSignatureException {
    if (list.items().size() > MAX_COMPONENTS) {
      throw new InvalidHttpSignatureException("SIG-2", "more than 64 components are signed");
    }
    List<Component> components = new ArrayList<>();
    Set<Component> seen = new HashSet<>();
    for (Item item : list.items()) {
      Component component = Component.of(item);
      if (!seen.add(component)) {
        throw new InvalidHttpSignatureException("SIG-2", "a component is signed twice");
      }
      components.add(component);
    }
    Map<String, BareItem> values = list.parameters().values();
    return new SignatureParameters(
        components,
        instant(values, "created"),
        instant(values, "expires"),
        text(values, "nonce"),
        text(values, "alg"),
        text(values, "keyid"),
        text(values, "tag"),
        list);
  }

  private static Optional<Instant> instant(Map<String, BareItem> values, String name)
      throws InvalidHttpSignatureException {
    BareItem value = values.get(name);
    if (value == null) {
      return Optional.empty();
    }
    if (value instanceof IntegerItem(long seconds) && seconds >= 0) {
      return Optional.of(Instant.ofEpochSecond(seconds));
    }
    throw new InvalidHttpSignatureException("SIG-6", name + " is no time");
  }

  private static Optional<String> text(Map<String, BareItem> values, String name)
      throws InvalidHttpSignatureException {
    BareItem value = values.get(name);
    if (value == null) {
      return Optional.empty();
    }
    if (value instanceof StringItem(String string)) {
      return Optional.of(string);
    }
    throw new InvalidHttpSignatureException("SIG-6", name + " is no string");
  }

  /** Whether a component of this identifier is signed. */
  public boolean covers(Component component) {
    return components.contains(component);
  }
}
