package dev.countersign.server.details;

import dev.countersign.server.text.LocalText;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How the value of a row is shown. A value of another shape is shown as it came. */
public sealed interface Format {

  /**
   * The members of an object that it shows all in one; none if it shows a value that has no
   * members.
   */
  default Set<String> members() {
    return Set.of();
  }

  /** Text, numbers and truth values, or an array of texts. */
  record Text() implements Format {}

  /** An object of {@code amount} and {@code currency} (ISO 4217). */
  record Amount() implements Format {
    static final String AMOUNT = "amount";
    static final String CURRENCY = "currency";

    @Override
    public Set<String> members() {
      return Set.of(AMOUNT, CURRENCY);
    }
  }

  /** An account number (ISO 13616), in groups of four. */
  record Iban() implements Format {}

  /** A day, {@code 2026-11-26}. */
  record Date() implements Format {}

  /** A moment (RFC 3339), {@code 2026-11-26T08:00:00Z}. */
  record DateTime() implements Format {}

  /** An object of {@code from} and {@code to}, days or moments; either may be absent. */
  record Period() implements Format {
    static final String FROM = "from";
    static final String TO = "to";

    @Override
    public Set<String> members() {
      return Set.of(FROM, TO);
    }
  }

  /**
   * Words that have a meaning, one or an array of them.
   *
   * @param texts what each says
   */
  record Words(Map<String, LocalText> texts) implements Format {
    /** Copies the texts in their order. */
    public Words {
      texts = Collections.unmodifiableMap(new LinkedHashMap<>(texts));
    }
  }

  /**
   * The objects of an array, each on a line of its own, so that what belongs together stands
   * together.
   *
   * @param parts what is shown of an object, in this order
   */
  record Each(List<Part> parts) implements Format {
    /** Copies the list. */
    public Each {
      parts = List.copyOf(parts);
    }

    /**
     * A member of an object and how it is shown.
     *
     * @param member where it is in the object
     */
    public record Part(MemberPath member, Format format) {}
  }

  /** Documents to be signed: objects of {@code label} and {@code hash}. */
  record Document() implements Format {
    static final String LABEL = "label";
    static final String HASH = "hash";

    @Override
    public Set<String> members() {
      return Set.of(LABEL, HASH);
    }
  }
}
