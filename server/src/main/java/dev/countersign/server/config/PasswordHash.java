package dev.countersign.server.config;

import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;

/**
 * The argon2id hash of a password in the PHC string form, {@code $argon2id$v=19$m=..,t=..,p=..$..}.
 * {@link #toString()} does not show it.
 */
public record PasswordHash(String phc) {
  private static final String PREFIX = "$argon2id$";
  private static final int MEMORY_KIB = 19_456;
  private static final int ROUNDS = 2;
  private static final int LANES = 1;
  private static final int HASH_BYTES = 32;
  private static final int SALT_BYTES = 16;

  /** Refuses every other hash. */
  public PasswordHash {
    if (!phc.startsWith(PREFIX) || phc.chars().filter(c -> c == '$').count() != 5) {
      throw new IllegalArgumentException("PasswordHash must be an argon2id hash in PHC form");
    }
  }

  /**
   * The hash of a password under a fresh salt, with the least costs that OWASP advises for
   * argon2id: 19 MiB, 2 rounds, 1 lane.
   *
   * @param password at least one character
   */
  public static PasswordHash of(CharSequence password) {
    if (password.isEmpty()) {
      throw new IllegalArgumentException("PasswordHash.of needs a password");
    }
    Argon2Function argon2id =
        Argon2Function.getInstance(MEMORY_KIB, ROUNDS, LANES, HASH_BYTES, Argon2.ID);
    return new PasswordHash(
        Password.hash(password).addRandomSalt(SALT_BYTES).with(argon2id).getResult());
  }

  @Override
  public String toString() {
    return "PasswordHash";
  }
}
