package dev.countersign.client;

import dev.countersign.protocol.http.Headers;
import dev.countersign.requirement.Enforces;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The time that goes into assertions and proofs: the local clock, corrected by what the
 * authorization server's {@code Date} field says (Security Profile section 5.3.3.1 note 1).
 *
 * <p>The correction stays with the calls of this one issuer, and is 24 hours at most (our choice):
 * a server that says more teaches nothing, so that it cannot have assertions and proofs made for a
 * distant day. Differences of up to 5 seconds are left alone: a {@code Date} has whole seconds and
 * has travelled. May be called by any number of threads at once.
 */
final class ServerTime {

  private static final Duration LEFT_ALONE = Duration.ofSeconds(5);

  private static final Duration MOST = Duration.ofHours(24);

  private final InstantSource local;
  private final AtomicReference<Duration> offset = new AtomicReference<>(Duration.ZERO);

  ServerTime(InstantSource local) {
    this.local = local;
  }

  /** The corrected time. */
  Instant now() {
    return local.instant().plus(offset.get());
  }

  /** A past instant of the local clock, by all that is known of the server's time by now. */
  Instant of(Instant local) {
    return local.plus(offset.get());
  }

  /** What is added to the local clock now; remember it to {@link #learnFrom} the answer. */
  Duration correction() {
    return offset.get();
  }

  /**
   * Takes the time of an answer.
   *
   * @param used the correction when the request was made: another thread may have learnt since
   * @return whether a second try will bear another time than this one, so that it makes sense if
   *     this one was refused
   */
  @Enforces({"SP-5.3.3.1-N1", "IA-CLK"})
  boolean learnFrom(Headers answer, Duration used) {
    Optional<Instant> date = dateOf(answer);
    if (date.isEmpty()) {
      return false;
    }
    Duration learnt = Duration.between(local.instant(), date.get());
    if (learnt.minus(used).abs().compareTo(LEFT_ALONE) <= 0 || learnt.abs().compareTo(MOST) > 0) {
      return false;
    }
    offset.set(learnt);
    return true;
  }

  private static Optional<Instant> dateOf(Headers answer) {
    try {
      return answer
          .first("Date")
          .map(text -> ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException malformed) {
      // A server without a readable clock teaches nothing; the answer itself stands.
      return Optional.empty();
    }
  }
}
