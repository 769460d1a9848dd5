package dev.countersign.demo.scene;

import dev.countersign.protocol.http.Headers;
import java.util.Optional;

/**
 * Who speaks, told by the field {@code User-Agent}: every party of the stage has a value of its own
 * there, and whoever sends another one is a person with a browser. Good for a picture and never for
 * a decision: anybody can send any value.
 */
final class Voices {
  static final String FIELD = "User-Agent";

  /** Of requests that belong to nobody's story. */
  static final String STAGE = "countersign-demo-stage";

  private static final String PREFIX = "countersign-demo-";

  private Voices() {}

  /** What the party sends. */
  static String of(Party party) {
    return PREFIX
        + switch (party) {
          case BROWSER -> "browser";
          case CLIENT -> "client";
          case SERVER -> "server";
          case BANK -> "bank";
          case ATTACKER -> "attacker";
        };
  }

  /** Who sent it; empty for the stage itself, which is not overheard. */
  static Optional<Party> of(Headers headers) {
    String voice = headers.first(FIELD).orElse("");
    if (voice.equals(STAGE)) {
      return Optional.empty();
    }
    for (Party party : Party.values()) {
      if (voice.equals(of(party))) {
        return Optional.of(party);
      }
    }
    return Optional.of(Party.BROWSER);
  }
}
