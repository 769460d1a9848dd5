package dev.countersign.client;

import dev.countersign.protocol.http.FapiInteractionId;
import dev.countersign.requirement.Enforces;
import java.time.Duration;
import java.util.Optional;

/**
 * An endpoint answered with an error, or with a status it must not use (RFC 6749 section 5.2). The
 * interaction id finds the request in the server's log.
 */
public final class ServerRefused extends ClientException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String error;
  private final String description;
  private final String interactionId;
  private final long retryAfter;

  ServerRefused(
      String endpoint, int status, String error, String description, FapiInteractionId id) {
    this(endpoint, status, error, description, id, Optional.empty());
  }

  ServerRefused(
      String endpoint,
      int status,
      String error,
      String description,
      FapiInteractionId id,
      Optional<Duration> retryAfter) {
    super(
        "%s answered %d %s, interaction %s"
            .formatted(endpoint, status, readable(error), id.value()));
    this.status = status;
    this.error = error;
    this.description = description;
    this.interactionId = id.value();
    this.retryAfter = retryAfter.map(Duration::toSeconds).orElse(-1L);
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** The OAuth error code, for example {@code invalid_grant}; empty if the answer had none. */
  public Optional<String> error() {
    return Optional.of(error).filter(text -> !text.isEmpty());
  }

  /** What the server says about it. Text of the server: escape it before showing it. */
  public Optional<String> description() {
    return Optional.of(description).filter(text -> !text.isEmpty());
  }

  /** How long the server wants to be left alone ({@code Retry-After}), if it said so in seconds. */
  @Enforces("GM-6.4-4")
  public Optional<Duration> retryAfter() {
    return Optional.of(retryAfter).filter(seconds -> seconds >= 0).map(Duration::ofSeconds);
  }

  /** The interaction id of the refused request. */
  public FapiInteractionId interactionId() {
    return new FapiInteractionId(interactionId);
  }
}
