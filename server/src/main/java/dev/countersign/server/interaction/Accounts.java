package dev.countersign.server.interaction;

import com.password4j.Argon2Function;
import com.password4j.Password;
import dev.countersign.protocol.oauth.Subject;
import dev.countersign.server.config.UserConfig;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The accounts of the built-in login. Safe for any number of threads. */
public final class Accounts {
  /** Of a password that nobody has, so that an unknown name takes as long as a known one. */
  private static final String NOBODY =
      "$argon2id$v=19$m=19456,t=2,p=1$Y291bnRlcnNpZ25ub25l$"
          + "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

  private final Map<String, UserConfig> byName = new HashMap<>();
  private final Map<Subject, UserConfig> bySubject = new HashMap<>();

  /** The accounts of the configuration. */
  public Accounts(List<UserConfig> users) {
    for (UserConfig user : users) {
      byName.put(user.username(), user);
      bySubject.put(user.subject(), user);
    }
  }

  /** The person whose name and password these are. Takes about as long whether or not they are. */
  Optional<Subject> authenticate(String username, String password) {
    Optional<UserConfig> user = Optional.ofNullable(byName.get(username));
    String hash = user.map(known -> known.password().phc()).orElse(NOBODY);
    boolean right = Password.check(password, hash).with(Argon2Function.getInstanceFromHash(hash));
    return user.filter(known -> right).map(UserConfig::subject);
  }

  /** The name to show for a person. */
  String displayName(Subject subject) {
    return Optional.ofNullable(bySubject.get(subject))
        .map(UserConfig::username)
        .orElse(subject.value());
  }
}
