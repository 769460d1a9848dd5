package dev.countersign.protocol.oauth;

import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.protocol.refusal.RefusalException;
import dev.countersign.requirement.Enforces;
import java.net.URI;
import java.util.Objects;

/**
 * Where the authorization response is sent: an absolute {@code https} URI, or {@code http} on the
 * loopback literals {@code 127.0.0.1} and {@code [::1]} of a native app (RFC 8252 section 7.3).
 *
 * <p>Refused: fragment, user information, anything but visible ASCII, backslash, other schemes, the
 * name {@code localhost} over {@code http}.
 *
 * @param value at most 2048 characters; the scheme in lower case
 */
@Enforces({"SP-5.3.2.2-8"})
public record RedirectUri(String value) {

  private static final Refusal MALFORMED =
      Refusal.oauth(
          OAuthError.INVALID_REQUEST,
          "SP-5.3.2.2-8",
          "redirect_uri must be an absolute https URI without fragment");

  /** Refuses any other form with {@link IllegalArgumentException}. */
  public RedirectUri {
    URI uri = Characters.absoluteUri("RedirectUri", value, 2048, "SP-5.3.2.2-8");
    Characters.requirePlainAuthority("RedirectUri", uri, "SP-5.3.2.2-8");
    if (!value.startsWith("https://") && !isLoopback(uri)) {
      throw new IllegalArgumentException(
          "RedirectUri must be https, or http on 127.0.0.1 or [::1] (SP-5.3.2.2-8)");
    }
  }

  /**
   * The {@code redirect_uri} of a message.
   *
   * @throws RefusalException {@code invalid_request} for a form that is never redirected to
   */
  public static RedirectUri parse(String value) {
    try {
      return new RedirectUri(value);
    } catch (IllegalArgumentException malformed) {
      throw MALFORMED
          .withDetail(
              Refusal.mismatch("redirect_uri", value, "an absolute https URI without fragment"))
          .exception();
    }
  }

  /** The same as a URI. */
  public URI uri() {
    return URI.create(value);
  }

  /**
   * Whether this one, from a request, is the {@code registered} one: the same text, character by
   * character. Only the port of two loopback URIs may differ, since a native app gets it from its
   * system when it starts.
   */
  @Enforces({"BCP-2.1-1"})
  public boolean matches(RedirectUri registered) {
    if (value.equals(registered.value)) {
      return true;
    }
    URI mine = uri();
    URI theirs = registered.uri();
    return isLoopback(mine)
        && isLoopback(theirs)
        && mine.getHost().equals(theirs.getHost())
        && mine.getRawPath().equals(theirs.getRawPath())
        && Objects.equals(mine.getRawQuery(), theirs.getRawQuery());
  }

  /**
   * This URI, whose own query stays as it is, with parameters behind it.
   *
   * @param encoded one or more of them, encoded
   */
  @Enforces({"OA-8"})
  public URI withQuery(String encoded) {
    String separator = "?";
    if (value.indexOf('?') >= 0) {
      separator = value.endsWith("?") || value.endsWith("&") ? "" : "&";
    }
    return URI.create(value + separator + encoded);
  }

  /** This URI with encoded parameters in a fragment, which it never has of its own. */
  public URI withFragment(String encoded) {
    return URI.create(value + "#" + encoded);
  }

  private static boolean isLoopback(URI uri) {
    return "http".equals(uri.getScheme())
        && ("127.0.0.1".equals(uri.getHost()) || "[::1]".equals(uri.getHost()));
  }

  /** The URI itself. */
  @Override
  public String toString() {
    return value;
  }
}
