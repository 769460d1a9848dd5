package dev.countersign.protocol.dpop;

import dev.countersign.requirement.Enforces;
import java.util.regex.Pattern;

/**
 * A value that a server demands in the next proofs ({@code DPoP-Nonce}, RFC 9449 section 8).
 *
 * @param value 1 to 1024 characters of %x21, %x23-5B, %x5D-7E
 */
public record DpopNonce(String value) {

  /** The response header that carries it. */
  public static final String HEADER = "DPoP-Nonce";

  private static final Pattern FORM = Pattern.compile("[\\x21\\x23-\\x5B\\x5D-\\x7E]{1,1024}");

  /** Refuses any other form with {@link IllegalArgumentException}. */
  @Enforces({"DP-13"})
  public DpopNonce {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "DpopNonce.value must be 1 to 1024 visible characters, no quote, no backslash (DP-13)");
    }
  }
}
