package dev.countersign.server.config;

import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The argon2id hash of a password in the PHC string form, {@code
 * $argon2id$v=19$m=..,t=..,p=..$salt$hash}. {@link #toString()} does not show it.
 *
 * @param phc memory {@code m} of 8 KiB for each lane at least and 1 GiB at most; {@code t} and
 *     {@code p} of 1 to 255; salt of 8 bytes and hash of 16 bytes or more, base64 without padding
 */
public record PasswordHash(String phc) {
  private static final int MEMORY_KIB = 19_456;
  private static final int ROUNDS = 2;
  private static final int LANES = 1;
  private static final int HASH_BYTES = 32;
  private static final int SALT_BYTES = 16;

  /** What {@link #of} costs, as {@link #cost} writes it. */
  public static final String USUAL_COST = "m=" + MEMORY_KIB + ",t=" + ROUNDS + ",p=" + LANES;

  private static final Pattern FORM =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$"
              + "(?<cost>m=(?<m>[1-9][0-9]{0,6}),t=(?<t>[1-9][0-9]{0,2}),p=(?<p>[1-9][0-9]{0,2}))"
              + "\\$[A-Za-z0-9+/]{11,86}\\$[A-Za-z0-9+/]{22,86}");
  private static final int MAX_MEMORY = 1 << 20;
  private static final int MAX_ROUNDS = 255;

  /** Refuses every other hash, so that no login breaks on one. */
  public PasswordHash {
    Matcher parts = FORM.matcher(phc);
    if (!parts.matches()
        || number(parts, "m") < 8 * number(parts, "p")
        || number(parts, "m") > MAX_MEMORY
        || number(parts, "t") > MAX_ROUNDS
        || number(parts, "p") > MAX_ROUNDS) {
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
    return of(password, MEMORY_KIB, ROUNDS);
  }

  /**
   * The hash of a password under a fresh salt, with costs that the caller answers for; one lane.
   *
   * @param password at least one character
   * @param memoryKib 8 to 1,048,576 KiB
   * @param rounds passes over the memory, 1 to 255
   */
  public static PasswordHash of(CharSequence password, int memoryKib, int rounds) {
    if (password.isEmpty()) {
      throw new IllegalArgumentException("PasswordHash.of needs a password");
    }
    Argon2Function argon2id =
        Argon2Function.getInstance(memoryKib, rounds, LANES, HASH_BYTES, Argon2.ID);
    return new PasswordHash(
        Password.hash(password).addRandomSalt(SALT_BYTES).with(argon2id).getResult());
  }

  /** The parameters as they are written, {@code m=..,t=..,p=..}. */
  public String cost() {
    return parts().group("cost");
  }

  /** How much work it is to check a password: memory in KiB times passes over it. */
  public long work() {
    Matcher parts = parts();
    return (long) number(parts, "m") * number(parts, "t");
  }

  private Matcher parts() {
    Matcher parts = FORM.matcher(phc);
    if (!parts.matches()) {
      throw new IllegalStateException("the constructor checks the form");
    }
    return parts;
  }

  private static int number(Matcher parts, String name) {
    return Integer.parseInt(parts.group(name));
  }

  @Override
  public String toString() {
    return "PasswordHash";
  }
}
