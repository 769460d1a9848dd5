package dev.countersign.server.config;

import dev.countersign.protocol.oauth.RedirectUri;
import dev.countersign.requirement.Enforces;
import dev.countersign.server.config.Kind.WrongValue;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/**
 * Redirect URIs as a client may register them: {@link RedirectUri}, and besides nothing that looks
 * like a pattern or could be mistaken for a part of our answer. Each fault has its reason.
 */
final class RedirectUris {
  /** What an answer may hold (RFC 6749 section 4.1.2, RFC 9207, JARM). */
  private static final Set<String> OURS =
      Set.of("code", "state", "iss", "error", "error_description", "error_uri", "response");

  private RedirectUris() {}

  static Kind<RedirectUri> kind() {
    return new Kind<>(
        "https://app.example.com/callback",
        Shape.uri("^(https://|http://(127\\.0\\.0\\.1|\\[::1\\])([:/?]|$))[^#*\\s]*$"),
        "https, or http on `127.0.0.1` or `[::1]`, where the port is free (SP-5.3.2.2-8). A query"
            + " of its own is kept.",
        node -> read(Kinds.text(node)));
  }

  @Enforces({"SP-5.3.2.2-8", "BCP-2.1-1"})
  private static RedirectUri read(String text) throws WrongValue {
    if (text.indexOf('*') >= 0) {
      throw new WrongValue(
          "must be the whole address: it is compared as it stands, without wildcards (BCP-2.1-1)");
    }
    if (text.indexOf('#') >= 0) {
      throw new WrongValue("must not have a fragment (RFC 6749 section 3.1.2, SP-5.3.2.2-8)");
    }
    refuseScheme(text.toLowerCase(Locale.ROOT));
    try {
      RedirectUri uri = new RedirectUri(text);
      refuseOurParameters(uri);
      return uri;
    } catch (IllegalArgumentException malformed) {
      throw new WrongValue("must be a well-formed URL with a host and without user (SP-5.3.2.2-8)");
    }
  }

  private static void refuseScheme(String text) throws WrongValue {
    if (text.startsWith("https://")) {
      return;
    }
    if (text.matches("http://localhost([:/?].*)?")) {
      throw new WrongValue(
          "must name 127.0.0.1 or [::1] in place of localhost, which may lead elsewhere (RFC 8252"
              + " section 8.3, SP-5.3.2.2-8)");
    }
    if (text.matches("[a-z][a-z0-9+.-]*:.*") && !text.startsWith("http")) {
      throw new WrongValue(
          "must not have a scheme of its own, which any app on a device can claim: a native app"
              + " takes an https URL that it claims, or http on 127.0.0.1 or [::1]"
              + " (RFC 8252 section 7, SP-5.3.2.2-8)");
    }
    if (!text.matches("http://(127\\.0\\.0\\.1|\\[::1])([:/?].*)?")) {
      throw new WrongValue(
          "must be an absolute https URL, or http on 127.0.0.1 or [::1] (SP-5.3.2.2-8)");
    }
  }

  /** Whoever reads the answer takes one value for each name, and must not take this one. */
  @Enforces("SP-5.3.2.2-7")
  private static void refuseOurParameters(RedirectUri uri) throws WrongValue {
    String query = uri.uri().getRawQuery();
    if (query == null) {
      return;
    }
    boolean ours =
        Arrays.stream(query.split("&", -1))
            .map(pair -> pair.split("=", 2)[0])
            .map(name -> URLDecoder.decode(name, StandardCharsets.UTF_8))
            .anyMatch(OURS::contains);
    if (ours) {
      throw new WrongValue(
          "must not have a parameter that our answer has: code, state, iss, error,"
              + " error_description, error_uri or response (SP-5.3.2.2-7)");
    }
  }
}
