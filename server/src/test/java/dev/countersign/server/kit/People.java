package dev.countersign.server.kit;

import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
import dev.countersign.protocol.oauth.Subject;
import java.util.regex.Matcher;

/** Two people with accounts, and their passwords. */
public final class People {
  /** Username of the person who is {@link TestServer#ANNA}. */
  public static final String ANNA = "anna";

  /** Her password, with everything that a form must escape. */
  public static final String ANNAS_PASSWORD = "Anna's p\u00e4ss&w+rd=100%";

  /** Username of the other. */
  public static final String BEN = "ben";

  /** His password. */
  public static final String BENS_PASSWORD = "correct horse battery staple";

  /** Who he is to clients. */
  public static final Subject BENS_SUBJECT = new Subject("u-ben");

  private static final String ANNAS_HASH = hash(ANNAS_PASSWORD);
  private static final String BENS_HASH = hash(BENS_PASSWORD);

  private People() {}

  /** The configuration of a {@link TestServer} with these accounts. */
  public static String in(String yaml) {
    return yaml.replaceFirst(
            "password: '[^']+'", Matcher.quoteReplacement("password: '" + ANNAS_HASH + "'"))
        + """
          - username: ben
            sub: u-ben
            password: '%s'
        """
            .formatted(BENS_HASH)
            .indent(0);
  }

  /** A hash that costs next to nothing, so that tests need not wait. */
  public static String hash(String password) {
    return Password.hash(password)
        .addRandomSalt(16)
        .with(Argon2Function.getInstance(64, 1, 1, 32, Argon2.ID))
        .getResult();
  }
}
