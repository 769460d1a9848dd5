package dev.countersign.protocol.json;

import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;

/** Writes what {@link JsonReader} reads, members in the order they were put in. */
final class JsonWriter {

  private static final JsonFactory FACTORY = new JsonFactory();

  private JsonWriter() {}

  static String write(JsonObject object) {
    return write(object, ObjectWriteContext.empty());
  }

  static String write(List<JsonObject> objects) {
    return write(objects, ObjectWriteContext.empty());
  }

  static String writeValue(Object value) {
    return write(value, ObjectWriteContext.empty());
  }

  static String writeIndented(JsonObject object) {
    return write(object, new Indented());
  }

  private static String write(Object value, ObjectWriteContext context) {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = FACTORY.createGenerator(context, text)) {
      value(out, value);
    }
    return text.toString();
  }

  private static void value(JsonGenerator out, Object value) {
    switch (value) {
      case JsonObject object -> {
        out.writeStartObject();
        object
            .members()
            .forEach(
                (name, member) -> {
                  out.writeName(name);
                  value(out, member);
                });
        out.writeEndObject();
      }
      case List<?> elements -> {
        out.writeStartArray();
        elements.forEach(element -> value(out, element));
        out.writeEndArray();
      }
      case String text -> out.writeString(text);
      case Long number -> out.writeNumber(number);
      case BigInteger number -> out.writeNumber(number);
      case BigDecimal number -> out.writeNumber(decimal(number));
      case Boolean truth -> out.writeBoolean(truth);
      case JsonNull nothing -> out.writeNull();
      default -> throw new IllegalStateException("Not a JSON value: " + value.getClass());
    }
  }

  /**
   * A number that came with an exponent and whose text has none is written with one: without, it
   * would be read again as an integer, which is another value here.
   */
  private static String decimal(BigDecimal number) {
    String text = number.toString();
    return text.chars().allMatch(c -> c == '-' || Character.isDigit(c)) ? text + "E0" : text;
  }

  /** The same on every system: line feeds, and a line for each member and each element. */
  private static final class Indented extends ObjectWriteContext.Base {
    private static final DefaultIndenter TWO_SPACES = new DefaultIndenter("  ", "\n");

    @Override
    public PrettyPrinter getPrettyPrinter() {
      return new DefaultPrettyPrinter()
          .withObjectIndenter(TWO_SPACES)
          .withArrayIndenter(TWO_SPACES)
          .withSeparators(
              Separators.createDefaultInstance()
                  .withObjectNameValueSpacing(Separators.Spacing.AFTER));
    }
  }
}
