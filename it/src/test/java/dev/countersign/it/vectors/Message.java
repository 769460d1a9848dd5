package dev.countersign.it.vectors;

import dev.countersign.protocol.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A request or a response. Each change gives another one.
 *
 * @param start what stands before the fields
 * @param fields the lines in their order
 * @param body in base64, as it was sent: behind {@code Content-Encoding}, without chunks
 */
record Message(Start start, List<Field> fields, Optional<String> body) {

  Message {
    fields = List.copyOf(fields);
  }

  /** The line before the fields. */
  sealed interface Start {}

  record Request(String method, String targetUri) implements Start {}

  record Response(int status) implements Start {}

  record Field(String name, String value) {}

  static Message request(String method, String targetUri) {
    return new Message(new Request(method, targetUri), List.of(), Optional.empty());
  }

  static Message response(int status) {
    return new Message(new Response(status), List.of(), Optional.empty());
  }

  /** One more line. */
  Message with(String name, String value) {
    List<Field> more = new ArrayList<>(fields);
    more.add(new Field(name, value));
    return new Message(start, more, body);
  }

  Message without(String name) {
    return new Message(
        start,
        fields.stream().filter(field -> !field.name().equalsIgnoreCase(name)).toList(),
        body);
  }

  /** The value in the place of all that is there under this name. */
  Message replaced(String name, String value) {
    return without(name).with(name, value);
  }

  Message started(Start other) {
    return new Message(other, fields, body);
  }

  /** Another body, and nothing else. */
  Message withBody(byte[] content) {
    return new Message(start, fields, Optional.of(Base64.getEncoder().encodeToString(content)));
  }

  /** A body of text, and its digest. */
  Message carrying(String text) {
    byte[] content = text.getBytes(StandardCharsets.UTF_8);
    return withBody(content)
        .replaced("Content-Type", "application/json")
        .replaced("Content-Digest", digest("sha-256", content));
  }

  boolean has(String name) {
    return fields.stream().anyMatch(field -> field.name().equalsIgnoreCase(name));
  }

  /** All lines under this name as one value (RFC 9421 section 2.1). */
  String field(String name) {
    if (!has(name)) {
      throw new AssertionError("no field " + name);
    }
    return fields.stream()
        .filter(field -> field.name().equalsIgnoreCase(name))
        .map(field -> field.value().strip())
        .collect(Collectors.joining(", "));
  }

  byte[] content() {
    return body.map(Base64.getDecoder()::decode).orElseGet(() -> new byte[0]);
  }

  static String digest(String key, byte[] content) {
    try {
      byte[] digest = MessageDigest.getInstance(key).digest(content);
      return key + "=:" + Base64.getEncoder().encodeToString(digest) + ":";
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  JsonObject toJson() {
    JsonObject.Builder json = JsonObject.builder();
    switch (start) {
      case Request(String method, String targetUri) ->
          json.put("method", method).put("target_uri", targetUri);
      case Response(int status) -> json.put("status", status);
    }
    json.put(
        "headers",
        fields.stream()
            .map(
                field -> JsonObject.builder().put("name", field.name()).put("value", field.value()))
            .map(JsonObject.Builder::build)
            .toList());
    return json.put("body", body).build();
  }
}
