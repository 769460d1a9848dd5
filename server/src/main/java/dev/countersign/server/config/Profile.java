package dev.countersign.server.config;

import java.util.Arrays;
import java.util.List;

/** The profile of FAPI 2.0 that a party is held to. */
enum Profile {
  /** The Security Profile alone. */
  SECURITY("fapi2-security"),
  /** Message Signing on top of it. */
  MESSAGE_SIGNING("fapi2-message-signing");

  /** The key that names it. */
  static final String KEY = "profile";

  private final String value;

  Profile(String value) {
    this.value = value;
  }

  /** What its key says of a party. */
  static Profile read(Section section, String doc) {
    return section.orElse(KEY, kind(), SECURITY.value, doc).orElse(SECURITY);
  }

  private static Kind<Profile> kind() {
    List<String> names = Arrays.stream(values()).map(profile -> profile.value).toList();
    return new Kind<>(
        MESSAGE_SIGNING.value,
        Shape.oneOf(names),
        "Of `" + String.join("`, `", names) + "`.",
        node -> {
          String name = Kinds.text(node);
          return Arrays.stream(values())
              .filter(profile -> profile.value.equals(name))
              .findFirst()
              .orElseThrow(
                  () -> new Kind.WrongValue("must be one of: " + String.join(", ", names)));
        });
  }
}
