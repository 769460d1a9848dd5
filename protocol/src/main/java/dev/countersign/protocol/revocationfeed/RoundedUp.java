package dev.countersign.protocol.revocationfeed;

import java.time.Instant;

/** The end of tokens as a number of a message: never before they have expired. */
final class RoundedUp {

  private RoundedUp() {}

  static long seconds(Instant instant) {
    return instant.getEpochSecond() + (instant.getNano() == 0 ? 0 : 1);
  }
}
