package dev.countersign.protocol.json;

import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes what {@link JsonReader} reads: compact, members in the order they were put in. */
final class JsonWriter {

  private static final JsonFactory FACTORY = new JsonFactory();

  private JsonWriter() {}

  static String write(JsonObject object) {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
      value(out, object);
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
      case BigDecimal number -> out.writeNumber(number);
      case Boolean truth -> out.writeBoolean(truth);
      case JsonNull nothing -> out.writeNull();
      default -> throw new IllegalStateException("Not a JSON value: " + value.getClass());
    }
  }
}
