package dev.countersign.server.config;

/**
 * The argon2id hash of a password in the PHC string form, {@code $argon2id$v=19$m=..,t=..,p=..$..}.
 * {@link #toString()} does not show it.
 */
public record PasswordHash(String phc) {
  private static final String PREFIX = "$argon2id$";

  /** Refuses every other hash. */
  public PasswordHash {
    if (!phc.startsWith(PREFIX) || phc.chars().filter(c -> c == '$').count() != 5) {
      throw new IllegalArgumentException("PasswordHash must be an argon2id hash in PHC form");
    }
  }

  @Override
  public String toString() {
    return "PasswordHash";
  }
}
