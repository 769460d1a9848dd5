package dev.countersign.client;

import java.util.Optional;

/**
 * The authorization server answered with an error instead of a code: the person said no, or the
 * request could not be met (RFC 6749 section 4.1.2.1). The answer was genuine: issuer, state and
 * browser session were checked first.
 */
public final class AuthorizationRefused extends ClientException {
  private static final long serialVersionUID = 1L;

  private final String error;
  private final String description;

  AuthorizationRefused(String error, String description) {
    super("the authorization server refused: " + readable(error));
    this.error = error;
    this.description = description;
  }

  /** The error code, for example {@code access_denied}. */
  public String error() {
    return error;
  }

  /** What the server says about it. Text of the server: escape it before showing it. */
  public Optional<String> description() {
    return Optional.of(description).filter(text -> !text.isEmpty());
  }
}
