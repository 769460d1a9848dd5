package dev.countersign.server.browser;

import dev.countersign.protocol.oauth.Secret;
import java.security.SecureRandom;

/** Names a login session. Made fresh at each login, so that none from before it becomes valid. */
public final class SessionId extends Secret {
  private static final int LONGEST = 128;

  /** As it came in the cookie: 1 to 128 visible ASCII characters. */
  public SessionId(String value) {
    super(value, LONGEST);
  }

  /** A new one of 256 random bits. */
  public static SessionId random(SecureRandom random) {
    return new SessionId(randomValue(random));
  }
}
