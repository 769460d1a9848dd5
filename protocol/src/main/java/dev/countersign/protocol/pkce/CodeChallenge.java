package dev.countersign.protocol.pkce;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.protocol.refusal.RefusalException;
import dev.countersign.requirement.Enforces;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a client shows of its {@link CodeVerifier} before it may show the verifier itself: the
 * SHA-256 digest, base64url (RFC 7636 section 4.2, method {@code S256}; there is no other one
 * here).
 *
 * @param value 43 characters of the base64url alphabet, no padding
 */
public record CodeChallenge(String value) {

  /** The one accepted {@code code_challenge_method}. */
  public static final String METHOD = "S256";

  // 32 bytes leave two unused bits in the last character, which must be zero.
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]");

  /** Refuses any other form with {@link IllegalArgumentException}. */
  @Enforces({"PKCE-2"})
  public CodeChallenge {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "CodeChallenge.value must be the base64url form of 32 bytes, 43 characters (PKCE-2)");
    }
  }

  /** The challenge that belongs to the verifier. */
  @Enforces({"PKCE-2", "PKCE-V", "SP-5.3.3.2-3"})
  public static CodeChallenge of(CodeVerifier verifier) {
    byte[] sha256 = verifier.digest().sha256();
    return new CodeChallenge(Base64.getUrlEncoder().withoutPadding().encodeToString(sha256));
  }

  /**
   * The challenge of an authorization request. A missing challenge, a method that is absent (which
   * means {@code plain}) or other than {@code S256}, and a malformed challenge are refused with
   * {@code invalid_request} (RFC 7636 section 4.4.1).
   */
  @Enforces({"PKCE-2", "PKCE-3", "SP-5.3.2.2-5"})
  public static CodeChallenge require(Form form) {
    String value = form.required("code_challenge", "PKCE-3");
    Optional<String> method = form.value("code_challenge_method");
    if (!method.equals(Optional.of(METHOD))) {
      throw refused(
          "PKCE-2",
          "code_challenge_method must be S256",
          Refusal.mismatch("code_challenge_method", method, METHOD));
    }
    try {
      return new CodeChallenge(value);
    } catch (IllegalArgumentException e) {
      throw refused(
          "PKCE-2",
          "code_challenge is not the base64url form of a SHA-256 digest",
          Refusal.mismatch("code_challenge", value, "43 characters, base64url"));
    }
  }

  /**
   * Lets the verifier pass that this challenge was made from, compared in constant time; any other
   * one is refused with {@code invalid_grant} (RFC 7636 section 4.6).
   */
  @Enforces({"PKCE-3", "SP-5.3.2.2-5"})
  public void verify(CodeVerifier verifier) {
    CodeChallenge made = of(verifier);
    if (!MessageDigest.isEqual(value.getBytes(US_ASCII), made.value.getBytes(US_ASCII))) {
      throw Refusal.oauth(
              OAuthError.INVALID_GRANT, "PKCE-3", "code_verifier does not fit the code_challenge")
          .withDetail(Refusal.mismatch("the challenge of code_verifier", made.value, value))
          .exception();
    }
  }

  private static RefusalException refused(String rule, String description, String detail) {
    return Refusal.oauth(OAuthError.INVALID_REQUEST, rule, description)
        .withDetail(detail)
        .exception();
  }
}
