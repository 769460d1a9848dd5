package dev.countersign.demo.viewer;

import dev.countersign.protocol.json.JsonObject;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What may be shown of a value. Only names that are known to be harmless are shown whole; all
 * others are taken for secrets and shortened, so that a new parameter is not shown by oversight.
 */
final class Secrecy {
  private static final int BEGINNING = 8;
  private static final String REST = "\u2026";
  private static final String URN = "urn:ietf:params:oauth:request_uri:";
  private static final int LONGEST = 2000;

  private static final Set<String> HARMLESS =
      Set.of(
          "account",
          "acr",
          "acr_values",
          "actions",
          "active",
          "alg",
          "amount",
          "amr",
          "aud",
          "auth_time",
          "authenticated",
          "azp",
          "birthdate",
          "choice",
          "claims",
          "client_assertion_type",
          "client_id",
          "code_challenge_method",
          "creditor",
          "creditorAgent",
          "creditorName",
          "crv",
          "currency",
          "display",
          "email",
          "endToEndIdentification",
          "error",
          "error_description",
          "exp",
          "expires_in",
          "family_name",
          "given_name",
          "grant_id",
          "grant_management_action",
          "grant_type",
          "htm",
          "htu",
          "iat",
          "iban",
          "iss",
          "kty",
          "locale",
          "locations",
          "login_hint",
          "max_age",
          "name",
          "nbf",
          "order",
          "prompt",
          "redirect_uri",
          "remittanceInformationUnstructured",
          "requestedExecutionDate",
          "resource",
          "response_mode",
          "response_type",
          "scope",
          "sub",
          "token_type",
          "token_type_hint",
          "typ",
          "type",
          "ui_locales",
          "updated_at",
          "updated_by",
          "use",
          "username");
  private static final Set<String> HARMLESS_FIELDS =
      Set.of(
          "accept",
          "accept-encoding",
          "accept-language",
          "allow",
          "cache-control",
          "content-language",
          "content-length",
          "content-security-policy",
          "content-type",
          "cross-origin-opener-policy",
          "cross-origin-resource-policy",
          "host",
          "origin",
          "permissions-policy",
          "pragma",
          "priority",
          "referrer-policy",
          "retry-after",
          "sec-ch-ua",
          "sec-ch-ua-mobile",
          "sec-ch-ua-platform",
          "sec-fetch-dest",
          "sec-fetch-mode",
          "sec-fetch-site",
          "sec-fetch-user",
          "strict-transport-security",
          "upgrade-insecure-requests",
          "user-agent",
          "vary",
          "www-authenticate",
          "x-content-type-options",
          "x-fapi-end-user-present",
          "x-fapi-interaction-id",
          "x-frame-options");
  private static final Set<String> LONG =
      Set.of(
          "ath", "at_hash", "code_challenge", "dpop_jkt", "e", "jkt", "jti", "kid", "n", "x", "y");
  private static final Set<String> NEVER = Set.of("password", "client_secret");

  private Secrecy() {}

  /** How much of a value is shown. */
  enum Mark {
    /** The whole. */
    WHOLE,
    /** The beginning of a secret. */
    SECRET,
    /** The beginning of something that is long, and good for nothing by itself. */
    CUT,
    /** Nothing. */
    HIDDEN
  }

  /**
   * A value as it is shown.
   *
   * @param note what it means for a reader, for example the time of a number of seconds
   */
  record Field(String name, String value, Mark mark, Optional<String> note) {

    Field(String name, String value, Mark mark) {
      this(name, value, mark, Optional.empty());
    }

    JsonObject toJson() {
      return JsonObject.builder()
          .put("name", name)
          .put("value", value)
          .put("mark", mark.name().toLowerCase(Locale.ROOT))
          .put("note", note)
          .build();
    }
  }

  /** A parameter, claim or member. */
  static Field parameter(String name, String value) {
    if (NEVER.contains(name)) {
      return hidden(name);
    }
    if (HARMLESS.contains(name)) {
      return whole(name, value);
    }
    return LONG.contains(name) ? cut(name, value) : secret(name, value);
  }

  /** A header field of which nothing is known but its name. */
  static Field field(String name, String value) {
    return HARMLESS_FIELDS.contains(name.toLowerCase(Locale.ROOT))
        ? whole(name, value)
        : secret(name, value);
  }

  static Field whole(String name, String value) {
    return new Field(clean(name), clean(value), Mark.WHOLE);
  }

  static Field secret(String name, String value) {
    return new Field(clean(name), beginning(value), Mark.SECRET);
  }

  static Field cut(String name, String value) {
    return new Field(clean(name), beginning(value), Mark.CUT);
  }

  static Field hidden(String name) {
    return new Field(clean(name), "", Mark.HIDDEN);
  }

  /** The first eight characters, and of a request_uri of its random part. */
  static String beginning(String secret) {
    if (secret.startsWith(URN)) {
      return URN + beginning(secret.substring(URN.length()));
    }
    // Of something short eight characters would be the whole of it.
    int shown = Math.min(BEGINNING, secret.length() / 2);
    return clean(secret.substring(0, shown)) + REST;
  }

  /** Text without what a page does not show, such as controls and marks that turn its direction. */
  static String clean(String text) {
    StringBuilder clean = new StringBuilder();
    text.codePoints().limit(LONGEST).forEach(c -> clean.appendCodePoint(isShown(c) ? c : 0xFFFD));
    return text.codePointCount(0, text.length()) > LONGEST ? clean + REST : clean.toString();
  }

  private static boolean isShown(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          c == '\n';
      default -> true;
    };
  }
}
