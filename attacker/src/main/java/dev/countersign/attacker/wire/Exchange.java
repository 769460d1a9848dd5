package dev.countersign.attacker.wire;

import java.util.List;
import java.util.Map;

/**
 * A request and what came of it, as it may be shown: every secret is shortened.
 *
 * @param move what it is in the model
 * @param request method and URL
 * @param requestFields header fields
 * @param requestBody the content
 * @param response the status line, or why there was none
 * @param responseFields header fields
 * @param responseBody the content, at most 4000 characters of it
 */
public record Exchange(
    Move move,
    String request,
    List<Map.Entry<String, String>> requestFields,
    String requestBody,
    String response,
    List<Map.Entry<String, String>> responseFields,
    String responseBody) {

  /** Copies the fields. */
  public Exchange {
    requestFields = List.copyOf(requestFields);
    responseFields = List.copyOf(responseFields);
  }

  /** How many characters it takes to keep it. */
  public int size() {
    return request.length()
        + requestBody.length()
        + response.length()
        + responseBody.length()
        + Kept.size(requestFields)
        + Kept.size(responseFields);
  }

  /** The request line and the status alone. */
  public Exchange bare() {
    String left = "(left out: there is too much of it)";
    return new Exchange(move, request, List.of(), left, response, List.of(), left);
  }

  /**
   * One side of an exchange as it was.
   *
   * @param line method and URL, or the status
   */
  @SuppressWarnings("ArrayRecordComponent") // read, never compared
  public record Message(String line, List<Map.Entry<String, String>> fields, byte[] body) {

    /** Copies the fields. */
    public Message {
      fields = List.copyOf(fields);
      body = body.clone();
    }

    @Override
    public byte[] body() {
      return body.clone();
    }

    private String shown() {
      return Shortened.body(type(), body);
    }

    private String type() {
      return fields.stream()
          .filter(field -> field.getKey().equalsIgnoreCase("Content-Type"))
          .map(Map.Entry::getValue)
          .findFirst()
          .orElse("");
    }

    /** The line alone, which may hold secrets of a URL: nothing of it. */
    @Override
    public String toString() {
      return "Message";
    }
  }

  /** What somebody sent to the attacker and was answered, shortened. */
  public static Exchange received(Message request, Message response) {
    return new Exchange(
        Move.OTHER,
        Shortened.line(request.line()),
        Kept.fields(request.fields()),
        request.shown(),
        Shortened.line(response.line()),
        Kept.fields(response.fields()),
        response.shown());
  }
}
