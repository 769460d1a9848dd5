package dev.countersign.protocol.pkce;

import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.oauth.Secret;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.protocol.refusal.RefusalException;
import dev.countersign.requirement.Enforces;
import java.security.SecureRandom;
import java.util.regex.Pattern;

/**
 * The secret a client makes for one authorization request and shows when it redeems the code
 * ({@code code_verifier}, RFC 7636 section 4.1).
 */
public final class CodeVerifier extends Secret {

  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9\\-._~]{43,128}");
  private static final int MAX_LENGTH = 128;

  /**
   * A verifier with the given value: 43 to 128 unreserved characters. Anything else is refused with
   * {@link IllegalArgumentException} whose message does not hold the value.
   */
  @Enforces({"PKCE-1"})
  public CodeVerifier(String value) {
    super(checked(value), MAX_LENGTH);
  }

  /** A fresh verifier of 32 random bytes, 43 characters (RFC 7636 section 7.1). */
  @Enforces({"PKCE-1", "SP-5.4.1-4"})
  public static CodeVerifier random(SecureRandom random) {
    return new CodeVerifier(randomValue(random));
  }

  /**
   * The verifier of a token request. One that is missing or malformed cannot belong to any
   * challenge, and is refused as a wrong one is: {@code invalid_grant} (RFC 7636 section 4.6).
   */
  @Enforces({"PKCE-3", "SP-5.3.2.2-5"})
  public static CodeVerifier require(Form form) {
    String value =
        form.value("code_verifier")
            .orElseThrow(() -> refused("code_verifier is missing", "missing"));
    try {
      return new CodeVerifier(value);
    } catch (IllegalArgumentException e) {
      // Its length alone: it is a secret.
      throw refused("code_verifier is malformed", "of " + value.length() + " characters");
    }
  }

  private static RefusalException refused(String description, String came) {
    return Refusal.oauth(OAuthError.INVALID_GRANT, "PKCE-3", description)
        .withDetail(
            Refusal.mismatch("code_verifier", came, "43 to 128 characters of A-Z a-z 0-9 -._~"))
        .exception();
  }

  private static String checked(String value) {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "CodeVerifier must be 43 to 128 characters of [A-Za-z0-9-._~] (PKCE-1)");
    }
    return value;
  }
}
