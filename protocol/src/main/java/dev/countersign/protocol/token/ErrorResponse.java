package dev.countersign.protocol.token;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.requirement.Enforces;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The error body of the token endpoint, which the PAR endpoint and others share (RFC 6749 section
 * 5.2, RFC 9126 section 2.3).
 *
 * @param error the error code; a client may meet ones we do not know
 * @param description for the developer; only %x20-21, %x23-5B, %x5D-7E
 */
public record ErrorResponse(String error, Optional<String> description) {

  private static final Pattern TEXT = Pattern.compile("[\\x20-\\x21\\x23-\\x5B\\x5D-\\x7E]{1,512}");

  /** Refuses characters that RFC 6749 does not allow with {@link IllegalArgumentException}. */
  @Enforces({"OA-2"})
  public ErrorResponse {
    if (!TEXT.matcher(error).matches()) {
      throw new IllegalArgumentException(
          "ErrorResponse.error must be 1 to 512 characters that RFC 6749 allows (OA-2)");
    }
    if (description.isPresent() && !TEXT.matcher(description.get()).matches()) {
      throw new IllegalArgumentException(
          "ErrorResponse.description must be 1 to 512 characters that RFC 6749 allows (OA-2)");
    }
  }

  /** What the refusal says to the outside: its code and its constant text, never its detail. */
  public static ErrorResponse of(Refusal.OAuth refusal) {
    return new ErrorResponse(refusal.error().code(), Optional.of(refusal.description()));
  }

  /** The body of the answer. */
  @Enforces({"OA-3", "PAR-7"})
  public JsonObject toJson() {
    return JsonObject.builder().put("error", error).put("error_description", description).build();
  }

  /**
   * Reads what a server answered. A missing or malformed {@code error} is refused; a description
   * with characters that are not allowed is left out, because the error matters more than its text.
   */
  public static ErrorResponse read(JsonObject body) throws MalformedJsonException {
    String error =
        body.string("error").orElseThrow(() -> new MalformedJsonException("error is missing"));
    if (!TEXT.matcher(error).matches()) {
      throw new MalformedJsonException("error is malformed");
    }
    Optional<String> description =
        body.string("error_description").filter(text -> TEXT.matcher(text).matches());
    return new ErrorResponse(error, description);
  }
}
