package dev.countersign.protocol.http;

import dev.countersign.requirement.Enforces;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * The name of one interaction, the same in the request, the response and both sides' logs
 * (Implementation Advice 2.2.1). Always a UUID, so nothing else of that header ever reaches a log.
 *
 * @param value a UUID in its text form, in the case it came in
 */
public record FapiInteractionId(String value) {

  /** The header field that carries it, both ways. */
  public static final String HEADER = "x-fapi-interaction-id";

  private static final Pattern UUID_TEXT =
      Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

  /** Refuses anything but a UUID with {@link IllegalArgumentException}. */
  public FapiInteractionId {
    if (!UUID_TEXT.matcher(value).matches()) {
      throw new IllegalArgumentException("FapiInteractionId must be a UUID (IA-2.2.1-2)");
    }
  }

  /** The id of this UUID. */
  public FapiInteractionId(UUID uuid) {
    this(uuid.toString());
  }

  /** The id that came in the header if it is a UUID; otherwise a new one from {@code fresh}. */
  @Enforces({"IA-2.2.1-2"})
  public static FapiInteractionId from(Optional<String> header, Supplier<UUID> fresh) {
    return header
        .filter(text -> UUID_TEXT.matcher(text).matches())
        .map(FapiInteractionId::new)
        .orElseGet(() -> new FapiInteractionId(fresh.get()));
  }

  /** The UUID as text. */
  @Override
  public String toString() {
    return value;
  }
}
