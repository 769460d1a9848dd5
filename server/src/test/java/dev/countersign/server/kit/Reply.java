package dev.countersign.server.kit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.countersign.protocol.http.Challenge;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;

/** What the server answered. */
public record Reply(HttpResponse<byte[]> response) {

  /** The status. */
  public int status() {
    return response.statusCode();
  }

  /** All values of a header. */
  public List<String> all(String name) {
    return response.headers().allValues(name);
  }

  /** The only value of a header. */
  public Optional<String> header(String name) {
    List<String> values = all(name);
    if (values.size() > 1) {
      throw new AssertionError(name + " is there " + values.size() + " times");
    }
    return values.stream().findFirst();
  }

  /** The body as text. */
  public String text() {
    return new String(response.body(), UTF_8);
  }

  /** The body as JSON. */
  public JsonObject json() {
    try {
      return JsonObject.parse(response.body());
    } catch (MalformedJsonException e) {
      throw new AssertionError("no JSON object: " + text(), e);
    }
  }

  /** A string in the JSON body. */
  public String string(String name) {
    try {
      return json()
          .string(name)
          .orElseThrow(() -> new AssertionError(name + " missing: " + text()));
    } catch (MalformedJsonException e) {
      throw new AssertionError(text(), e);
    }
  }

  /** The error code of the JSON body. */
  public String error() {
    return string("error");
  }

  /** Status and error code in one, for an assertion that says both. */
  public String outcome() {
    return status() < 400 ? Integer.toString(status()) : status() + " " + error();
  }

  /** The only challenge. */
  public Challenge challenge() {
    List<Challenge> challenges = Challenge.parse(all("WWW-Authenticate"));
    if (challenges.size() != 1) {
      throw new AssertionError("not one challenge: " + all("WWW-Authenticate"));
    }
    return challenges.getFirst();
  }
}
