package dev.countersign.server.browser;

import dev.countersign.protocol.oauth.Secret;
import java.security.SecureRandom;

/**
 * Names an interaction in the address of its pages. Worth nothing in another browser than that in
 * which it began.
 */
public final class InteractionId extends Secret {
  private static final int LONGEST = 128;

  /** As it came in the address: 1 to 128 visible ASCII characters. */
  public InteractionId(String value) {
    super(value, LONGEST);
  }

  /** A new one of 256 random bits. */
  public static InteractionId random(SecureRandom random) {
    return new InteractionId(randomValue(random));
  }
}
