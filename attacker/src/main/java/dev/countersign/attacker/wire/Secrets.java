package dev.countersign.attacker.wire;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds secrets in text by the names that they stand under and by their looks: members of JSON,
 * parameters of URLs and forms, each also as they look inside a string, in HTML or percent-encoded;
 * compact JWTs, credentials with their scheme, header fields of raw HTTP, private keys in PEM. One
 * look for all of them: bodies are long, and there are thousands.
 */
final class Secrets {
  /** Parameters and members that are secrets, or that a session hangs on. */
  private static final String NAMES =
      String.join(
          "|",
          List.of(
              "code",
              "code_verifier",
              "device_code",
              "user_code",
              "access_token",
              "refresh_token",
              "id_token",
              "token",
              "subject_token",
              "actor_token",
              "logout_token",
              "registration_access_token",
              "client_notification_token",
              "id_token_hint",
              "client_secret",
              "client_assertion",
              "assertion",
              "request",
              "response",
              "request_uri",
              "auth_req_id",
              "password",
              "private_key"));

  /** Members only: the private parts of a JWK, and the signature of a JWS that is JSON. */
  private static final String MEMBERS = NAMES + "|signature|d|p|q|dp|dq|qi|k";

  private static final String QUOTE = "(?:\\\\++\"|&quot;|&#34;|&#x22;|\\\\u0022|%22|')";

  /** An object in base64url: its brace, and a quote, white space or the other brace. */
  static final String JWT_BEGINS = "e(?:y[AIJ]|w[o0k]|30)";

  /** A name begins where none was, or behind something that is encoded. */
  private static final String BEGINS =
      "(?:(?<![\\w-])|(?<=%[0-9a-fA-F]{2})|(?<=\\\\u00[0-9a-fA-F]{2}))";

  private static final String RAW_FIELD = "(?im:^(?:signature|cookie|set-cookie|dpop-nonce):)";

  /** Each alternative has two groups: what is kept, and the secret. */
  private static final Pattern PATTERN =
      Pattern.compile(
          String.join(
              "|",
              "(\"(?:%s)\"\\s*+:\\s*+\")((?:[^\"\\\\]|\\\\[\\s\\S])*+)".formatted(MEMBERS),
              "(\"(?:%s)\"\\s*+:\\s*+)(\\[[^\\]]*+\\]?|-?\\d[\\d.]*+)".formatted(MEMBERS),
              "(%2$s(?:%1$s)%2$s\\s*+(?::|%%3[aA])\\s*+%2$s)([^\"\\\\&%%'\\s<>]*+)"
                  .formatted(MEMBERS, QUOTE),
              "(%s(?:%s)(?:=|%%3[dD]|\\\\u003[dD]|&#61;|&#x3[dD];))([^&#;\\s\"'<>\\\\]*+)"
                  .formatted(BEGINS, NAMES),
              "()(" + JWT_BEGINS + "[\\w-]*+\\.[\\w-]*+\\.[\\w-]*+(?:\\.[\\w-]*+)*+)",
              "(%s[ \\t]*+(?:[\\w-]{1,40}+=)?+)([^\\r\\n]++)".formatted(RAW_FIELD),
              "(\\b(?i:Bearer|DPoP|Basic)(?:\\s|%20|\\+)++)([\\w.~+/-]{16,}+=*+)(?![\"=])",
              "(-----BEGIN [A-Z ]{0,20}PRIVATE KEY-----)((?:(?!-----)[\\s\\S])*+)"));

  private Secrets() {}

  /** The text with every secret in it shown otherwise. */
  static String replaced(String text, UnaryOperator<String> shown) {
    return PATTERN
        .matcher(text)
        .replaceAll(found -> Matcher.quoteReplacement(replacement(found, shown)));
  }

  private static String replacement(MatchResult found, UnaryOperator<String> shown) {
    for (int group = 1; group < found.groupCount(); group += 2) {
      if (found.start(group) >= 0) {
        return found.group(group) + shown.apply(found.group(group + 1));
      }
    }
    throw new IllegalStateException("every alternative has two groups");
  }
}
