package dev.countersign.protocol.oauth;

import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.protocol.refusal.RefusalException;
import dev.countersign.requirement.Enforces;
import java.net.URI;

/**
 * Where an access token is meant to be used: an absolute URI without fragment (RFC 8707 section 2).
 * Any scheme, so that an audience may also be a URN; compared exactly.
 *
 * @param value at most 2048 characters
 */
@Enforces({"OA-11"})
public record ResourceIndicator(String value) {

  private static final Refusal MALFORMED =
      Refusal.oauth(
          OAuthError.INVALID_TARGET, "OA-11", "resource must be an absolute URI without fragment");

  /** Refuses any other form with {@link IllegalArgumentException}. */
  public ResourceIndicator {
    URI uri = Characters.absoluteUri("ResourceIndicator", value, 2048, "OA-11");
    if (uri.getRawAuthority() != null || value.matches("https?:.*")) {
      Characters.requirePlainAuthority("ResourceIndicator", uri, "OA-11");
    }
  }

  /**
   * A {@code resource} of a message.
   *
   * @throws RefusalException {@code invalid_target} for any other form
   */
  public static ResourceIndicator parse(String value) {
    try {
      return new ResourceIndicator(value);
    } catch (IllegalArgumentException malformed) {
      throw MALFORMED
          .withDetail(Refusal.mismatch("resource", value, "an absolute URI without fragment"))
          .exception();
    }
  }

  /** The URI itself. */
  @Override
  public String toString() {
    return value;
  }
}
