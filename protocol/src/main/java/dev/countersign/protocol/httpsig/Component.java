package dev.countersign.protocol.httpsig;

import dev.countersign.protocol.structured.BareItem;
import dev.countersign.protocol.structured.BareItem.BooleanItem;
import dev.countersign.protocol.structured.BareItem.StringItem;
import dev.countersign.protocol.structured.Item;
import dev.countersign.protocol.structured.Parameters;
import dev.countersign.requirement.Enforces;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The identifier of one part of a message that is signed (RFC 9421 section 2): the name of a field
 * in lower case, or a derived name that begins with {@code @}, and parameters. Two are equal if
 * their parameters are the same in whatever order. Immutable.
 *
 * @param name of the field, or derived
 * @param parameters in the order in which they are written
 */
public record Component(String name, Parameters parameters) {

  private static final Pattern FIELD = Pattern.compile("[a-z0-9!#$%&'*+.^_`|~-]{1,128}");
  private static final Set<String> DERIVED =
      Set.of(
          "@method",
          "@target-uri",
          "@authority",
          "@scheme",
          "@request-target",
          "@path",
          "@query",
          "@query-param",
          "@status");
  private static final Set<String> FLAGS = Set.of("sf", "bs", "req", "tr");

  /** Refuses, with {@link IllegalArgumentException}, what identifies nothing. */
  @Enforces("SIG-2")
  public Component {
    boolean derived = name.startsWith("@");
    if (!(derived ? DERIVED.contains(name) : FIELD.matcher(name).matches())) {
      throw new IllegalArgumentException("a component has a name that is none (SIG-2)");
    }
    for (Map.Entry<String, BareItem> parameter : parameters.values().entrySet()) {
      requireMeaning(name, parameter.getKey(), parameter.getValue());
    }
    if (has(parameters, "bs") && (has(parameters, "sf") || has(parameters, "key"))) {
      throw new IllegalArgumentException("a component has bs beside sf or key (SIG-2)");
    }
    if (name.equals("@query-param") != has(parameters, "name")) {
      throw new IllegalArgumentException("@query-param, and no other, has a name (SIG-2)");
    }
  }

  private static void requireMeaning(String component, String key, BareItem value) {
    boolean derived = component.startsWith("@");
    boolean good =
        switch (key) {
          case "req" -> value.equals(BooleanItem.TRUE) && !component.equals("@status");
          case "name" -> component.equals("@query-param") && value instanceof StringItem;
          case "key" -> !derived && value instanceof StringItem;
          default -> FLAGS.contains(key) && !derived && value.equals(BooleanItem.TRUE);
        };
    if (!good) {
      throw new IllegalArgumentException("a component has a parameter it cannot have (SIG-2)");
    }
  }

  private static boolean has(Parameters parameters, String key) {
    return parameters.get(key).isPresent();
  }

  /** The component of this name, without parameters; fields in any case. */
  public static Component of(String name) {
    return new Component(name.toLowerCase(Locale.ROOT), Parameters.NONE);
  }

  /** The same component of the request that a response answers. */
  public Component ofRequest() {
    return new Component(name, parameters.with("req", BooleanItem.TRUE));
  }

  static Component of(Item item) throws InvalidHttpSignatureException {
    try {
      if (item.value() instanceof StringItem(String name)) {
        return new Component(name, item.parameters());
      }
    } catch (IllegalArgumentException e) {
      throw new InvalidHttpSignatureException("SIG-2", String.valueOf(e.getMessage()));
    }
    throw new InvalidHttpSignatureException("SIG-2", "a component is no string");
  }

  Item item() {
    return new Item(new StringItem(name), parameters);
  }

  boolean is(String parameter) {
    return has(parameters, parameter);
  }

  /** Whether it is all of a field of the message itself, in whatever form. */
  boolean isWholeField() {
    return !isDerived() && !is("key") && !is("req") && !is("tr");
  }

  /** The same without this parameter. */
  Component without(String parameter) {
    Parameters less = Parameters.NONE;
    for (Map.Entry<String, BareItem> one : parameters.values().entrySet()) {
      less = one.getKey().equals(parameter) ? less : less.with(one.getKey(), one.getValue());
    }
    return new Component(name, less);
  }

  boolean isDerived() {
    return name.startsWith("@");
  }

  /** The text of a parameter that has one; empty text if it is not there. */
  String text(String parameter) {
    return parameters
        .get(parameter)
        .filter(StringItem.class::isInstance)
        .map(value -> ((StringItem) value).value())
        .orElse("");
  }

  /** As it is written in a signature base, and in {@code Signature-Input}. */
  public String identifier() {
    return item().serialize();
  }

  /** Components of these names. */
  static List<Component> all(String... names) {
    return List.of(names).stream().map(Component::of).toList();
  }
}
