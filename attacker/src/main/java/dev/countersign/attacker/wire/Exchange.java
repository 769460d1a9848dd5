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
}
