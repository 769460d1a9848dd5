package dev.countersign.protocol.structured;

import dev.countersign.protocol.structured.BareItem.BooleanItem;
import dev.countersign.protocol.structured.BareItem.ByteSequence;
import dev.countersign.protocol.structured.BareItem.DateItem;
import dev.countersign.protocol.structured.BareItem.DecimalItem;
import dev.countersign.protocol.structured.BareItem.DisplayString;
import dev.countersign.protocol.structured.BareItem.IntegerItem;
import dev.countersign.protocol.structured.BareItem.StringItem;
import dev.countersign.protocol.structured.BareItem.TokenItem;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;

/**
 * Writes structured fields (RFC 9651 section 4.1). It never fails: what could not be written is
 * refused by the constructors of the types.
 */
final class Serializer {

  private final StringBuilder text = new StringBuilder();

  private Serializer() {}

  static String of(BareItem value) {
    Serializer serializer = new Serializer();
    serializer.bareItem(value);
    return serializer.text.toString();
  }

  static String of(Parameters parameters) {
    Serializer serializer = new Serializer();
    serializer.parameters(parameters);
    return serializer.text.toString();
  }

  static String of(Member member) {
    Serializer serializer = new Serializer();
    serializer.member(member);
    return serializer.text.toString();
  }

  static String of(ListField list) {
    Serializer serializer = new Serializer();
    for (Member member : list.members()) {
      serializer.comma();
      serializer.member(member);
    }
    return serializer.text.toString();
  }

  static String of(DictionaryField dictionary) {
    Serializer serializer = new Serializer();
    for (Map.Entry<String, Member> entry : dictionary.members().entrySet()) {
      serializer.comma();
      serializer.keyed(entry.getKey(), entry.getValue());
    }
    return serializer.text.toString();
  }

  private void comma() {
    if (!text.isEmpty()) {
      text.append(", ");
    }
  }

  private void keyed(String key, Member member) {
    text.append(key);
    // True is not written: its key alone says it (section 4.1.2).
    if (member instanceof Item(BareItem value, Parameters parameters)
        && value.equals(BooleanItem.TRUE)) {
      parameters(parameters);
      return;
    }
    text.append('=');
    member(member);
  }

  private void member(Member member) {
    switch (member) {
      case Item item -> bareItem(item.value());
      case InnerList list -> {
        String before = "(";
        for (Item each : list.items()) {
          text.append(before);
          member(each);
          before = " ";
        }
        text.append(list.items().isEmpty() ? "()" : ")");
      }
    }
    parameters(member.parameters());
  }

  private void parameters(Parameters parameters) {
    for (Map.Entry<String, BareItem> entry : parameters.values().entrySet()) {
      text.append(';').append(entry.getKey());
      if (!entry.getValue().equals(BooleanItem.TRUE)) {
        text.append('=');
        bareItem(entry.getValue());
      }
    }
  }

  private void bareItem(BareItem item) {
    switch (item) {
      case IntegerItem(long value) -> text.append(value);
      case DecimalItem(BigDecimal value) -> decimal(value);
      case StringItem(String value) -> string(value);
      case TokenItem(String value) -> text.append(value);
      case ByteSequence bytes ->
          text.append(':').append(Base64.getEncoder().encodeToString(bytes.value())).append(':');
      case BooleanItem(boolean value) -> text.append(value ? "?1" : "?0");
      case DateItem date -> text.append('@').append(date.value().getEpochSecond());
      case DisplayString(String value) -> displayString(value);
    }
  }

  /** Three digits behind the point, less the zeros at the end, but one digit always. */
  private void decimal(BigDecimal value) {
    String digits = value.toPlainString();
    int end = digits.length();
    while (digits.charAt(end - 1) == '0' && digits.charAt(end - 2) != '.') {
      end--;
    }
    text.append(digits, 0, end);
  }

  private void string(String value) {
    text.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        text.append('\\');
      }
      text.append(c);
    }
    text.append('"');
  }

  private void displayString(String value) {
    text.append("%\"");
    for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
      if (b == '%' || b == '"' || !Grammar.isPrintable(b)) {
        text.append('%').append(HexFormat.of().toHexDigits(b));
      } else {
        text.append((char) b);
      }
    }
    text.append('"');
  }
}
