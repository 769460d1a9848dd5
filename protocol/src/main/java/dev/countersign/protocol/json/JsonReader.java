package dev.countersign.protocol.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads one object into plain immutable values: {@link JsonObject}, {@code List}, {@code String},
 * {@code Long}, {@code BigInteger}, {@code BigDecimal}, {@code Boolean} and {@link JsonNull}.
 *
 * <p>The library behind it accepts overlong UTF-8, a byte order mark and lone surrogates, so the
 * bytes are decoded strictly before it sees them, and each string is looked at after it.
 */
final class JsonReader {

  /** Longer numbers have no place in a message of ours, and cost more than linear time to read. */
  private static final int MAX_NUMBER_LENGTH = 40;

  private static final int MAX_EXPONENT = 400;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          // No table of names that senders could fill: nothing is remembered between messages.
          .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNumberLength(MAX_NUMBER_LENGTH).build())
          .build();

  private final JsonParser parser;
  private final JsonLimits limits;

  private JsonReader(JsonParser parser, JsonLimits limits) {
    this.parser = parser;
    this.limits = limits;
  }

  static JsonObject read(byte[] utf8, JsonLimits limits) throws MalformedJsonException {
    if (utf8.length > limits.maxBytes()) {
      throw new MalformedJsonException("JSON is longer than " + limits.maxBytes() + " bytes");
    }
    return readObject(decode(utf8), limits);
  }

  static JsonObject read(String text, JsonLimits limits) throws MalformedJsonException {
    return readObject(bounded(text, limits), limits);
  }

  static List<JsonObject> readObjects(String text, JsonLimits limits)
      throws MalformedJsonException {
    List<JsonObject> objects = new ArrayList<>();
    for (Object element :
        readText(
            bounded(text, limits),
            JsonToken.START_ARRAY,
            "JSON is not an array",
            parser -> new JsonReader(parser, limits).array(1))) {
      if (!(element instanceof JsonObject object)) {
        throw new MalformedJsonException("an element of the array is not an object");
      }
      objects.add(object);
    }
    return Collections.unmodifiableList(objects);
  }

  private static String bounded(String text, JsonLimits limits) throws MalformedJsonException {
    if (text.length() > limits.maxBytes()
        || text.getBytes(StandardCharsets.UTF_8).length > limits.maxBytes()) {
      throw new MalformedJsonException("JSON is longer than " + limits.maxBytes() + " bytes");
    }
    return requireNoLoneSurrogate(text);
  }

  private static JsonObject readObject(String text, JsonLimits limits)
      throws MalformedJsonException {
    return readText(
        text,
        JsonToken.START_OBJECT,
        "JSON is not an object",
        parser -> new JsonReader(parser, limits).object(1));
  }

  /** What is read once the parser stands on the first token. */
  @FunctionalInterface
  private interface Rest<T> {
    T read(JsonParser parser) throws MalformedJsonException;
  }

  private static <T> T readText(String text, JsonToken first, String otherwise, Rest<T> rest)
      throws MalformedJsonException {
    if (text.startsWith("\uFEFF")) {
      throw new MalformedJsonException("JSON begins with a byte order mark");
    }
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
      if (parser.nextToken() != first) {
        throw new MalformedJsonException(otherwise);
      }
      T value = rest.read(parser);
      if (parser.nextToken() != null) {
        throw new MalformedJsonException("JSON has data after its end");
      }
      return value;
    } catch (JacksonException syntax) {
      throw new MalformedJsonException("JSON is not well-formed");
    }
  }

  private JsonObject object(int depth) throws MalformedJsonException {
    checkDepth(depth);
    Map<String, Object> members = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = requireNoLoneSurrogate(parser.currentName());
      parser.nextToken();
      if (members.put(name, value(depth)) != null) {
        throw new MalformedJsonException("JSON names a member twice");
      }
    }
    return new JsonObject(Collections.unmodifiableMap(members));
  }

  private List<Object> array(int depth) throws MalformedJsonException {
    checkDepth(depth);
    List<Object> elements = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      elements.add(value(depth));
    }
    return Collections.unmodifiableList(elements);
  }

  private Object value(int depth) throws MalformedJsonException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(depth + 1);
      case START_ARRAY -> array(depth + 1);
      case VALUE_STRING -> requireNoLoneSurrogate(parser.getString());
      case VALUE_NUMBER_INT -> integer();
      case VALUE_NUMBER_FLOAT -> decimal();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> JsonNull.NULL;
      case END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
          throw new MalformedJsonException("JSON is not well-formed");
    };
  }

  private Object integer() {
    BigInteger exact = parser.getBigIntegerValue();
    return exact.bitLength() < Long.SIZE ? (Object) exact.longValue() : exact;
  }

  private BigDecimal decimal() throws MalformedJsonException {
    BigDecimal exact;
    try {
      exact = parser.getDecimalValue();
    } catch (NumberFormatException exponentTooLong) {
      throw outOfRange();
    }
    if (Math.abs((long) exact.scale()) > MAX_EXPONENT) {
      throw outOfRange();
    }
    return exact;
  }

  private static MalformedJsonException outOfRange() {
    return new MalformedJsonException("JSON has a number out of range");
  }

  private void checkDepth(int depth) throws MalformedJsonException {
    if (depth > limits.maxDepth()) {
      throw new MalformedJsonException("JSON is nested deeper than " + limits.maxDepth());
    }
  }

  private static String decode(byte[] utf8) throws MalformedJsonException {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(utf8))
          .toString();
    } catch (CharacterCodingException notUtf8) {
      throw new MalformedJsonException("JSON is not UTF-8");
    }
  }

  /** RFC 7493 section 2.1: names and strings must not hold a surrogate without its partner. */
  private static String requireNoLoneSurrogate(String text) throws MalformedJsonException {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        boolean pair =
            Character.isHighSurrogate(text.charAt(i))
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
        if (!pair) {
          throw new MalformedJsonException("JSON has a lone surrogate");
        }
        i++;
      }
    }
    return text;
  }
}
