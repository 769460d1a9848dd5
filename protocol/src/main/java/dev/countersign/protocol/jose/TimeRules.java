package dev.countersign.protocol.jose;

import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.requirement.Enforces;
import java.time.Duration;
import java.time.Instant;

/** How the times in a JWT are compared with ours. */
public final class TimeRules {

  /**
   * How far another clock may run ahead of ours: {@code iat} and {@code nbf} up to this far in the
   * future are accepted, this one included. The profile accepts 0 to 10 seconds, refuses more than
   * 60 and leaves the rest to us; 30 seconds is known to remove trouble with clocks.
   */
  public static final Duration FUTURE = Duration.ofSeconds(30);

  private TimeRules() {}

  /** Whether {@code time}, an {@code iat} or {@code nbf}, is more than {@link #FUTURE} ahead. */
  @Enforces({"SP-5.3.2.1-13"})
  public static boolean isFromTheFuture(Instant time, Instant now) {
    return time.isAfter(now.plus(FUTURE));
  }

  /** The detail of a refusal of an {@code iat} or {@code nbf} that {@link #isFromTheFuture}. */
  public static String fromTheFuture(String claim, Instant time, Instant now) {
    return Refusal.mismatch(claim, time.toString(), "at most 30 s after " + now);
  }

  /** Whether {@code exp} has come: at that very instant a JWT is expired already, no leeway. */
  public static boolean isExpired(Instant exp, Instant now) {
    return !now.isBefore(exp);
  }
}
