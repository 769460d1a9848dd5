package dev.countersign.server.config;

import dev.countersign.requirement.Enforces;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A kind of message that clients of the profile Message Signing have to have signed. */
public enum SignedMessage {
  /** Authorization requests, by the client (RFC 9101). */
  REQUESTS,
  /** Authorization responses, by the server (JARM). */
  RESPONSES;

  /** The key that names them. */
  static final String KEY = "message_signing";

  /** The text in the file. */
  public String value() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads {@code profile} and {@code message_signing}: all of them if the profile wants signatures
   * and nothing is said of which.
   *
   * @param profile what the first key says of whom
   * @param which what the second does
   */
  @Enforces({"MS-5.3.1-1", "MS-5.4.1-1"})
  static Set<SignedMessage> read(Section section, String profile, String which) {
    boolean signing = Profile.read(section, profile) == Profile.MESSAGE_SIGNING;
    List<SignedMessage> named =
        section.someOf(
            KEY, kind(), "both with `fapi2-message-signing`, none with `fapi2-security`", which);
    if (section.has(KEY) && !signing) {
      section.problem(KEY, "means something with profile: fapi2-message-signing alone", "");
    }
    return signing ? Set.copyOf(named.isEmpty() ? List.of(values()) : named) : Set.of();
  }

  private static Kind<SignedMessage> kind() {
    List<String> names = Arrays.stream(values()).map(SignedMessage::value).toList();
    return new Kind<>(
        REQUESTS.value(),
        Shape.oneOf(names),
        "Of `" + String.join("`, `", names) + "`.",
        node -> {
          String name = Kinds.text(node);
          return Arrays.stream(values())
              .filter(message -> message.value().equals(name))
              .findFirst()
              .orElseThrow(
                  () -> new Kind.WrongValue("must be one of: " + String.join(", ", names)));
        });
  }
}
