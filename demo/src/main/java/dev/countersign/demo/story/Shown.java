package dev.countersign.demo.story;

import dev.countersign.protocol.clientauth.ClientAssertion;
import java.util.Set;

/**
 * How values are shown: whoever reads the printout sees the shape of a secret and cannot use it.
 */
public final class Shown {
  private static final int BEGINNING = 8;
  private static final String REST = "...";
  private static final Set<String> SECRETS =
      Set.of(
          "access_token",
          "client_assertion",
          "code",
          "code_challenge",
          "code_verifier",
          "id_token",
          "interaction",
          "jti",
          "nonce",
          "refresh_token",
          "request",
          "request_uri",
          "response",
          "state",
          "token");
  private static final Set<String> UNSHOWN = Set.of("password");
  private static final String URN = "urn:ietf:params:oauth:request_uri:";

  private Shown() {}

  /** A parameter, claim or member: shortened if its name is that of a secret. */
  public static Detail detail(String name, String value) {
    if (UNSHOWN.contains(name)) {
      return new Detail(name, "(not shown)");
    }
    if (value.equals(ClientAssertion.TYPE)) {
      return new Detail(name, REST + value.substring(value.lastIndexOf(':')));
    }
    return new Detail(name, SECRETS.contains(name) ? beginning(value) : printable(value));
  }

  /** The first eight characters of a secret, and of a request_uri of its random part. */
  public static String beginning(String secret) {
    if (secret.startsWith(URN)) {
      return URN + beginning(secret.substring(URN.length()));
    }
    return secret.length() <= BEGINNING
        ? printable(secret)
        : printable(secret.substring(0, BEGINNING)) + REST;
  }

  /** Nothing reaches a terminal but printable ASCII. */
  public static String printable(String text) {
    StringBuilder shown = new StringBuilder(text.length());
    text.replace("\u20ac", "EUR ")
        .replace('\u2019', '\'')
        .chars()
        .forEach(c -> shown.append(c >= 0x20 && c <= 0x7E ? (char) c : '?'));
    return shown.toString();
  }
}
