package dev.countersign.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.countersign.protocol.oauth.Secret;
import dev.countersign.protocol.oauth.SecretDigest;
import dev.countersign.requirement.Enforces;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Optional;

/**
 * The handle of one browser's session with the client. The application keeps it in a cookie of its
 * own ({@code __Host-}, {@code Secure}, {@code HttpOnly}, {@code SameSite=Lax}) and hands it to
 * {@link FapiClient}, which binds every flow to it. Answers by {@code form_post.jwt} come without
 * that cookie: {@link FapiClient#callbackForm} says what to do.
 *
 * <p>It also guards the start of a flow against cross-site request forgery: {@link #startToken}
 * goes as a hidden field into the form with the "log in" button, and {@link #confirmStart} takes
 * what the form posts. Who knows neither the cookie nor the page cannot make the field.
 */
public final class BrowserSession extends Secret {

  /** 128 bits, base64url. */
  private static final int MIN_LENGTH = 22;

  private static final int MAX_LENGTH = 512;

  private static final String START = "countersign start of a flow:";

  /**
   * The session with this cookie value: 22 to 512 visible ASCII characters that nobody can guess.
   * Anything else is refused with {@link IllegalArgumentException} that does not hold the value.
   */
  public BrowserSession(String cookieValue) {
    super(checked(cookieValue), MAX_LENGTH);
  }

  /** The session of a cookie as a browser sent it; empty if it cannot be one of ours. */
  public static Optional<BrowserSession> parse(String cookieValue) {
    try {
      return Optional.of(new BrowserSession(cookieValue));
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }

  /** A fresh session of 256 random bits. */
  @Enforces("SP-5.4.1-4")
  public static BrowserSession random(SecureRandom random) {
    return new BrowserSession(randomValue(random));
  }

  /** The hidden field for the form that starts a flow: 64 hexadecimal digits. */
  public String startToken() {
    return SecretDigest.of(START + reveal()).hex();
  }

  /**
   * The start of a flow that a person asked for on a page of this session.
   *
   * @param presented the hidden field of the posted form; empty if there was none
   * @throws ProtocolViolation if it is not {@link #startToken}: another site made the browser post
   */
  @Enforces("SP-5.3.3.1-12")
  public UserStart confirmStart(String presented) throws ProtocolViolation {
    byte[] expected = startToken().getBytes(UTF_8);
    if (!MessageDigest.isEqual(expected, presented.getBytes(UTF_8))) {
      throw new ProtocolViolation(
          "SP-5.3.3.1-12", "the start of the flow does not come from a page of this session");
    }
    return new UserStart.Confirmed(this);
  }

  /**
   * The start of a flow where the application's own defence against cross-site request forgery has
   * already been passed. Calling this without one lets any site log a person in.
   */
  public UserStart startGuardedByCaller() {
    return new UserStart.Confirmed(this);
  }

  private static String checked(String value) {
    if (value.length() < MIN_LENGTH) {
      throw new IllegalArgumentException(
          "BrowserSession must have 22 characters or more that nobody can guess (SP-5.4.1-4)");
    }
    return value;
  }
}
