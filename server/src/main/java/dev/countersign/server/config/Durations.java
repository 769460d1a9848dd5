package dev.countersign.server.config;

import dev.countersign.requirement.Enforces;
import dev.countersign.server.config.Kind.WrongValue;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations of the file: a whole number and a unit, {@code 90s}, {@code 5m}, {@code 8h}. */
final class Durations {
  private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,5})([smhd])");
  private static final Shape SHAPE = Shape.pattern("^[1-9][0-9]{0,5}[smhd]$");
  private static final String NOTHING = "0s";
  private static final String OUR_CHOICE = "our choice, because ";

  private Durations() {}

  static Kind<Duration> accessToken() {
    return upTo(
        Duration.ofHours(1),
        "5m",
        OUR_CHOICE + "an API that checks a token itself trusts it so long");
  }

  @Enforces({"SP-5.3.2.1-11"})
  static Kind<Duration> authorizationCode() {
    return upTo(Duration.ofSeconds(60), "60s", "SP-5.3.2.1-11");
  }

  @Enforces({"SP-5.3.2.2-12"})
  static Kind<Duration> requestUri() {
    return upTo(Duration.ofSeconds(599), "90s", "SP-5.3.2.2-12");
  }

  static Kind<Duration> interaction() {
    return upTo(Duration.ofHours(1), "15m", OUR_CHOICE + "a decision belongs to its request");
  }

  static Kind<Duration> session() {
    return upTo(Duration.ofDays(30), "8h", OUR_CHOICE + "a login should not last for ever");
  }

  static Kind<Duration> consent() {
    return upTo(
        Duration.ofDays(3650), "90d", OUR_CHOICE + "people forget what they allowed long ago");
  }

  static Kind<Duration> dpopNonce() {
    return upTo(Duration.ofHours(1), "5m", OUR_CHOICE + "it bounds proofs that were made ahead");
  }

  static Kind<Duration> statementAge() {
    return upTo(Duration.ofDays(3650), "1h", OUR_CHOICE + "longer is as good as no bound");
  }

  static Kind<Duration> revocationFeed() {
    return atLeast(
        Duration.ofSeconds(30),
        OUR_CHOICE + "a shorter one may end before an API, which asks every 10s, has the next",
        upTo(Duration.ofHours(1), "5m", OUR_CHOICE + "who relies on it does not hear of more"));
  }

  static Kind<Duration> loginWindow() {
    return upTo(Duration.ofDays(1), "15m", OUR_CHOICE + "who mistyped yesterday is not locked out");
  }

  static Kind<Duration> keysFresh() {
    return upTo(
        Duration.ofHours(24), "10m", OUR_CHOICE + "a key that was withdrawn must not live on");
  }

  static Kind<Duration> keysRefetch() {
    return upTo(Duration.ofHours(1), "30s", OUR_CHOICE + "a new key should be taken soon");
  }

  static Kind<Duration> keysStale() {
    return upTo(
        Duration.ofDays(7), "24h", OUR_CHOICE + "a key that was withdrawn must not live on");
  }

  static Kind<Duration> keysTimeout() {
    return upTo(Duration.ofSeconds(30), "5s", OUR_CHOICE + "a client waits so long");
  }

  /** How often files are looked at: a duration, or {@code none} for never. */
  static Kind<Optional<Duration>> clientsReload() {
    return upToOrNone(Duration.ofDays(1), "10s", "never");
  }

  /** A refresh token's: a duration, or {@code none} for as long as the grant. */
  static Kind<Optional<Duration>> refreshToken() {
    return upToOrNone(Duration.ofDays(3650), "90d", "as long as the grant");
  }

  /** How long a registration may stay unused: a duration, or {@code none} for ever. */
  static Kind<Optional<Duration>> unusedRegistration() {
    return upToOrNone(Duration.ofDays(3650), "30d", "for ever");
  }

  /** How long a stop waits before it begins; may be nothing. */
  static Kind<Duration> drainDelay() {
    Kind<Duration> bounded =
        upTo(Duration.ofMinutes(5), "10s", OUR_CHOICE + "who stops a server waits for it");
    return new Kind<>(
        bounded.example(),
        Shape.anyOf(SHAPE, Shape.oneOf(List.of(NOTHING))),
        bounded.note(),
        node -> Kinds.text(node).equals(NOTHING) ? Duration.ZERO : bounded.reader().read(node));
  }

  private static Kind<Optional<Duration>> upToOrNone(Duration most, String example, String none) {
    Kind<Duration> bounded = upTo(most, example, "our choice; or none: " + none);
    return new Kind<>(
        example,
        Shape.anyOf(SHAPE, Shape.oneOf(List.of("none"))),
        "`none` is %s; a duration is at most `%s` (our choice).".formatted(none, seconds(most)),
        node ->
            Kinds.text(node).equals("none")
                ? Optional.empty()
                : Optional.of(bounded.reader().read(node)));
  }

  private static Kind<Duration> atLeast(Duration least, String source, Kind<Duration> bounded) {
    return new Kind<>(
        bounded.example(),
        bounded.shape(),
        "At least `%s` (%s). %s".formatted(seconds(least), source, bounded.note()),
        node -> {
          Duration duration = bounded.reader().read(node);
          if (duration.compareTo(least) < 0) {
            throw new WrongValue("must be at least " + seconds(least) + " (" + source + ")");
          }
          return duration;
        });
  }

  private static Kind<Duration> upTo(Duration most, String example, String source) {
    return new Kind<>(
        example,
        SHAPE,
        "At most `" + seconds(most) + "` (" + source + ").",
        node -> {
          Matcher form = FORM.matcher(Kinds.text(node));
          if (!form.matches()) {
            throw new WrongValue("must be a number and a unit: s, m, h or d");
          }
          Duration duration = duration(Long.parseLong(form.group(1)), form.group(2).charAt(0));
          if (duration.compareTo(most) > 0) {
            throw new WrongValue("must be at most " + seconds(most) + " (" + source + ")");
          }
          return duration;
        });
  }

  private static Duration duration(long amount, char unit) {
    return switch (unit) {
      case 's' -> Duration.ofSeconds(amount);
      case 'm' -> Duration.ofMinutes(amount);
      case 'h' -> Duration.ofHours(amount);
      default -> Duration.ofDays(amount);
    };
  }

  private static String seconds(Duration duration) {
    if (duration.toSeconds() % 86400 == 0) {
      return duration.toDays() + "d";
    }
    return duration.toSeconds() % 3600 == 0 ? duration.toHours() + "h" : duration.toSeconds() + "s";
  }
}
