package dev.countersign.it.fuzz;

import dev.countersign.protocol.jose.InvalidJwkException;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.metadata.InvalidMetadataException;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.protocol.refusal.RefusalException;
import dev.countersign.server.config.ConfigException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Looks at what is said of an input that was refused. */
final class RefusalTexts {
  /** More than any place has reasons: whoever has more says something of the input. */
  private static final int MOST_CONSTANTS = 100;

  /** What a log line can hold of one fault. */
  private static final int LONGEST = 1000;

  /** As long as a part of a secret may be to be none. */
  private static final int SHORTEST_SECRET = 16;

  private static final Map<String, Set<String>> CONSTANTS = new ConcurrentHashMap<>();

  private RefusalTexts() {}

  static void look(Target<?> target, Exception e, String input) {
    if (e instanceof RefusalException refused) {
      Refusal refusal = refused.refusal();
      requireConstant(target, refusal.description());
      requireSafe(target, refusal.detail().orElse(""), input);
    }
    if (e instanceof InvalidJwkException
        || e instanceof MalformedJsonException
        || e instanceof InvalidMetadataException
        || e instanceof IllegalArgumentException) {
      requireConstant(target, message(e));
    }
    if (!(e instanceof ConfigException)) {
      requireSafe(target, message(e), input);
    }
    requireNoSecret(target, message(e), input);
  }

  private static String message(Exception e) {
    return Optional.ofNullable(e.getMessage()).orElse("");
  }

  /** Public texts are constants of ours: there are only so many of them, however many inputs. */
  private static void requireConstant(Target<?> target, String text) {
    Set<String> known =
        CONSTANTS.computeIfAbsent(target.name(), _ -> ConcurrentHashMap.newKeySet());
    known.add(text);
    if (known.size() > MOST_CONSTANTS) {
      throw new AssertionError(target + ": a text is no constant: " + text);
    }
  }

  /** A text for the log is short, and of one line. */
  private static void requireSafe(Target<?> target, String text, String input) {
    if (text.length() > LONGEST) {
      throw new AssertionError(target + ": a text has " + text.length() + " characters");
    }
    if (text.chars().anyMatch(Character::isISOControl)) {
      throw new AssertionError(target + ": a text has a control character");
    }
    requireNoSecret(target, text, input);
  }

  private static void requireNoSecret(Target<?> target, String text, String input) {
    for (String secret : target.secrets().apply(input)) {
      String start = secret.substring(0, Math.min(secret.length(), SHORTEST_SECRET));
      if (start.length() == SHORTEST_SECRET
          // Whoever names a secret as something else, too, has told it already.
          && input.indexOf(start) == input.lastIndexOf(start)
          && text.contains(start)) {
        throw new AssertionError(target + ": a text holds a secret");
      }
    }
  }
}
