package dev.countersign.demo.scene;

import java.security.SecureRandom;
import java.util.Base64;

/** Secrets of one run, made for it and forgotten with it. */
public final class DemoSecrets {
  private static final int BYTES = 18;

  private DemoSecrets() {}

  /** A password that only the simulated person knows. */
  public static String password(SecureRandom random) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().encodeToString(bytes);
  }
}
