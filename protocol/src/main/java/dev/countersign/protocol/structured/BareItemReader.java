package dev.countersign.protocol.structured;

import dev.countersign.protocol.structured.BareItem.BooleanItem;
import dev.countersign.protocol.structured.BareItem.ByteSequence;
import dev.countersign.protocol.structured.BareItem.DateItem;
import dev.countersign.protocol.structured.BareItem.DecimalItem;
import dev.countersign.protocol.structured.BareItem.DisplayString;
import dev.countersign.protocol.structured.BareItem.IntegerItem;
import dev.countersign.protocol.structured.BareItem.StringItem;
import dev.countersign.protocol.structured.BareItem.TokenItem;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;

/** Reads bare items (RFC 9651 sections 4.2.3.1 and 4.2.4 to 4.2.10). */
final class BareItemReader {

  private static final int MAX_INTEGER_DIGITS = 15;
  private static final int MAX_DIGITS_BEFORE_POINT = 12;
  private static final int MAX_DIGITS_BEHIND_POINT = 3;

  private final Cursor cursor;

  BareItemReader(Cursor cursor) {
    this.cursor = cursor;
  }

  /** The bare item that comes next: its first character says of which type it is. */
  BareItem read() throws MalformedFieldException {
    char first = cursor.peek();
    if (first == '-' || Grammar.isDigit(first)) {
      return number();
    }
    if (Grammar.isTokenStart(first)) {
      return new TokenItem(cursor.takeWhile(Grammar::isTokenChar));
    }
    cursor.skips(first);
    return switch (first) {
      case '"' -> string();
      case ':' -> byteSequence();
      case '?' -> truth();
      case '@' -> date();
      case '%' -> displayString();
      default -> throw new MalformedFieldException("no item where one must be");
    };
  }

  private BareItem number() throws MalformedFieldException {
    boolean negative = cursor.skips('-');
    String whole = cursor.takeWhile(Grammar::isDigit);
    if (whole.isEmpty()) {
      throw new MalformedFieldException("a sign without a number");
    }
    if (cursor.skips('.')) {
      return decimal(negative, whole, cursor.takeWhile(Grammar::isDigit));
    }
    if (whole.length() > MAX_INTEGER_DIGITS) {
      throw new MalformedFieldException("an integer has too many digits");
    }
    long value = Long.parseLong(whole);
    return new IntegerItem(negative ? -value : value);
  }

  private static BareItem decimal(boolean negative, String whole, String fraction)
      throws MalformedFieldException {
    if (whole.length() > MAX_DIGITS_BEFORE_POINT
        || fraction.isEmpty()
        || fraction.length() > MAX_DIGITS_BEHIND_POINT) {
      throw new MalformedFieldException("a decimal has too many or too few digits");
    }
    BigDecimal value = new BigDecimal(whole + '.' + fraction);
    return new DecimalItem(negative ? value.negate() : value);
  }

  private BareItem string() throws MalformedFieldException {
    StringBuilder value = new StringBuilder();
    while (!cursor.skips('"')) {
      char c = cursor.next("a string without its end");
      if (c == '\\') {
        c = cursor.next("a string without its end");
        if (c != '"' && c != '\\') {
          throw new MalformedFieldException("a string escapes what needs no escape");
        }
      } else if (!Grammar.isPrintable(c)) {
        throw new MalformedFieldException("a string holds a character that is not allowed");
      }
      value.append(c);
    }
    return new StringItem(value.toString());
  }

  /**
   * Padding may be missing, and bits behind the last byte may be set: a parser should not fail for
   * either (section 4.2.7). Padding in a wrong number is no base64.
   */
  private BareItem byteSequence() throws MalformedFieldException {
    String base64 = cursor.takeWhile(Grammar::isBase64Char);
    if (!cursor.skips(':')) {
      throw new MalformedFieldException("a byte sequence without its end, or not in base64");
    }
    try {
      return new ByteSequence(Base64.getDecoder().decode(base64));
    } catch (IllegalArgumentException notBase64) {
      throw new MalformedFieldException("a byte sequence is not in base64");
    }
  }

  private BareItem truth() throws MalformedFieldException {
    return switch (cursor.next("a boolean without its value")) {
      case '0' -> new BooleanItem(false);
      case '1' -> BooleanItem.TRUE;
      default -> throw new MalformedFieldException("a boolean is neither 0 nor 1");
    };
  }

  private BareItem date() throws MalformedFieldException {
    if (cursor.sees('-') || Grammar.isDigit(cursor.peek())) {
      if (number() instanceof IntegerItem(long seconds)) {
        return new DateItem(Instant.ofEpochSecond(seconds));
      }
    }
    throw new MalformedFieldException("a date is not a whole number of seconds");
  }

  private BareItem displayString() throws MalformedFieldException {
    if (!cursor.skips('"')) {
      throw new MalformedFieldException("a display string without its quote");
    }
    ByteArrayOutputStream utf8 = new ByteArrayOutputStream();
    while (!cursor.skips('"')) {
      char c = cursor.next("a display string without its end");
      if (!Grammar.isPrintable(c)) {
        throw new MalformedFieldException("a display string holds a character not allowed");
      }
      utf8.write(c == '%' ? escaped() : c);
    }
    try {
      return new DisplayString(
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(utf8.toByteArray()))
              .toString());
    } catch (CharacterCodingException notUtf8) {
      throw new MalformedFieldException("a display string is not UTF-8");
    }
  }

  private int escaped() throws MalformedFieldException {
    int high = hexDigit();
    return high * 16 + hexDigit();
  }

  /** Lower case only (section 4.2.10). */
  private int hexDigit() throws MalformedFieldException {
    int digit = "0123456789abcdef".indexOf(cursor.next("a display string without its end"));
    if (digit < 0) {
      throw new MalformedFieldException("a display string has an escape that is none");
    }
    return digit;
  }
}
