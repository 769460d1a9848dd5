package dev.countersign.protocol.structured;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/** The value of an item or of a parameter, without parameters (RFC 9651 section 3.3). */
public sealed interface BareItem {

  /** The canonical text (RFC 9651 section 4.1.3.1). */
  default String serialize() {
    return Serializer.of(this);
  }

  /**
   * A whole number (section 3.3.1).
   *
   * @param value -999,999,999,999,999 to 999,999,999,999,999
   */
  record IntegerItem(long value) implements BareItem {

    /** The greatest value. */
    public static final long MAX = 999_999_999_999_999L;

    /** Refuses a value out of range with {@link IllegalArgumentException}. */
    public IntegerItem {
      if (value < -MAX || value > MAX) {
        throw new IllegalArgumentException("an Integer has at most 15 digits (RFC 9651 3.3.1)");
      }
    }
  }

  /**
   * A number with a fraction (section 3.3.2).
   *
   * @param value at most 12 digits before the point; always three digits behind it, which is what a
   *     longer fraction is rounded to, half to even (section 4.1.5)
   */
  record DecimalItem(BigDecimal value) implements BareItem {

    /** Rounds, and refuses more than 12 digits with {@link IllegalArgumentException}. */
    public DecimalItem {
      // Looked at before rounding: an exponent could make the digits very many.
      requireTwelveDigits(value);
      value = value.setScale(3, RoundingMode.HALF_EVEN);
      requireTwelveDigits(value);
    }

    private static void requireTwelveDigits(BigDecimal value) {
      if (value.signum() != 0 && (long) value.precision() - value.scale() > 12) {
        throw new IllegalArgumentException(
            "a Decimal has at most 12 digits before its point (RFC 9651 3.3.2)");
      }
    }
  }

  /**
   * A quoted string (section 3.3.3).
   *
   * @param value without quotes and escapes; printable ASCII and spaces; may be empty
   */
  record StringItem(String value) implements BareItem {

    /** Refuses any other character with {@link IllegalArgumentException}. */
    public StringItem {
      if (!value.chars().allMatch(Grammar::isPrintable)) {
        throw new IllegalArgumentException("a String is printable ASCII (RFC 9651 3.3.3)");
      }
    }
  }

  /**
   * A bare word (section 3.3.4).
   *
   * @param value begins with a letter or an asterisk
   */
  record TokenItem(String value) implements BareItem {

    /** Refuses what is no token with {@link IllegalArgumentException}. */
    public TokenItem {
      if (value.isEmpty()
          || !Grammar.isTokenStart(value.charAt(0))
          || !value.chars().allMatch(c -> Grammar.isTokenChar((char) c))) {
        throw new IllegalArgumentException("not a Token (RFC 9651 3.3.4)");
      }
    }
  }

  /** Bytes (section 3.3.5); copied on their way in and out. */
  final class ByteSequence implements BareItem {

    private final byte[] value;

    /** These bytes; there may be none. */
    public ByteSequence(byte[] value) {
      this.value = value.clone();
    }

    /** The bytes. */
    public byte[] value() {
      return value.clone();
    }

    /** Whether these are the same bytes; not in constant time. */
    @Override
    public boolean equals(Object other) {
      return other instanceof ByteSequence that && Arrays.equals(value, that.value);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(value);
    }

    /** How many bytes there are, and not the bytes. */
    @Override
    public String toString() {
      return "ByteSequence[" + value.length + " bytes]";
    }
  }

  /**
   * True or false (section 3.3.6).
   *
   * @param value true is what a key without a value means, too
   */
  record BooleanItem(boolean value) implements BareItem {

    /** The value of a key or parameter that stands without one. */
    public static final BooleanItem TRUE = new BooleanItem(true);
  }

  /**
   * A point in time (section 3.3.7).
   *
   * @param value whole seconds, in the range of an {@link IntegerItem}
   */
  record DateItem(Instant value) implements BareItem {

    /** Refuses parts of a second and a time out of range with {@link IllegalArgumentException}. */
    public DateItem {
      if (value.getNano() != 0 || Math.abs(value.getEpochSecond()) > IntegerItem.MAX) {
        throw new IllegalArgumentException("a Date has whole seconds (RFC 9651 3.3.7)");
      }
    }
  }

  /**
   * A text for people (section 3.3.8).
   *
   * @param value any Unicode characters; may be empty
   */
  record DisplayString(String value) implements BareItem {

    /** Refuses half a surrogate pair with {@link IllegalArgumentException}. */
    public DisplayString {
      if (!StandardCharsets.UTF_8.newEncoder().canEncode(value)) {
        throw new IllegalArgumentException("a Display String is Unicode (RFC 9651 3.3.8)");
      }
    }
  }
}
