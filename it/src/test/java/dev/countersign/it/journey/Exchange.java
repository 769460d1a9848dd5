package dev.countersign.it.journey;

import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.Locale;
import java.util.Optional;

/** A request and its answer, as they went over the wire. */
record Exchange(
    String method,
    URI url,
    HttpHeaders sent,
    String body,
    int status,
    HttpHeaders received,
    String answer) {

  /** A field of the answer. */
  Optional<String> header(String name) {
    return received.firstValue(name);
  }

  /** The request's form; an empty one if it has none. */
  Form form() {
    boolean isForm =
        sent.firstValue("Content-Type")
            .map(type -> type.toLowerCase(Locale.ROOT).contains("x-www-form-urlencoded"))
            .orElse(false);
    return isForm ? Form.parseQuery(body) : Form.parseQuery("");
  }

  /** The answer's JSON; an empty object if it has none. */
  JsonObject json() {
    boolean isJson =
        received.firstValue("Content-Type").map(type -> type.contains("json")).orElse(false);
    try {
      return isJson ? JsonObject.parse(answer) : JsonObject.builder().build();
    } catch (MalformedJsonException e) {
      throw new AssertionError(answer, e);
    }
  }

  /** A string of the answer's JSON. */
  Optional<String> member(String name) {
    try {
      return json().string(name);
    } catch (MalformedJsonException e) {
      throw new AssertionError(answer, e);
    }
  }

  /** Status and, if it is one, error code: what became of the request. */
  String outcome() {
    return member("error").map(error -> status + " " + error).orElseGet(() -> "" + status);
  }
}
