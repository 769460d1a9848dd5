package dev.countersign.protocol.oauth;

import dev.countersign.requirement.Enforces;
import java.security.SecureRandom;
import java.util.Base64;

/** Text that nobody can guess. */
final class RandomText {

  /** 256 bits; the profile demands at least 128. */
  private static final int BYTES = 32;

  private RandomText() {}

  /** 256 random bits as 43 characters of base64url. */
  @Enforces({"SP-5.4.1-4"})
  static String of256Bits(SecureRandom random) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
