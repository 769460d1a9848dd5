package dev.countersign.server.text;

import java.text.MessageFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** All sentences in one language. Immutable. Plain text: the templates escape it. */
public final class Wording {
  private static final long SECONDS_A_MINUTE = 60;
  private static final long SECONDS_AN_HOUR = 3600;
  private static final long SECONDS_A_DAY = 86_400;

  private final Locale locale;
  private final Map<Message, String> patterns;

  /** Sentences that {@link MessageFile} has checked: one for each message. */
  Wording(Locale locale, Map<Message, String> patterns) {
    this.locale = locale;
    this.patterns = new EnumMap<>(patterns);
  }

  /** The language. */
  public Locale locale() {
    return locale;
  }

  /** The language as an HTML page names it, for example {@code de}. */
  public String tag() {
    return locale.toLanguageTag();
  }

  /** A sentence with its placeholders filled in. What is filled in is not read as a pattern. */
  public String say(Message message, Object... values) {
    String pattern = patterns.get(message);
    if (pattern == null) {
      throw new IllegalStateException("every message is there: " + message.key());
    }
    return new MessageFormat(pattern, locale).format(values);
  }

  /** What it means that a client gets a claim. */
  public String claim(String name) {
    return Message.ofClaim(name)
        .map(message -> say(message))
        .orElseGet(() -> say(Message.CLAIM_UNNAMED, name.replace('_', ' ')));
  }

  /** A point in time as it is written in this language, to the minute, with its zone. */
  public String moment(Instant instant, ZoneId zone) {
    return DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG)
            .withLocale(locale)
            .format(instant.atZone(zone))
        + ", "
        + DateTimeFormatter.ofPattern("HH:mm\u00a0z", locale).format(instant.atZone(zone));
  }

  /** A span of time in whole days, hours or, rounded up, minutes; at least one. */
  public String period(Duration span) {
    long seconds = Math.max(1, span.plusMillis(999).toSeconds());
    if (seconds % SECONDS_A_DAY == 0) {
      return say(Message.PERIOD_DAYS, seconds / SECONDS_A_DAY);
    }
    if (seconds % SECONDS_AN_HOUR == 0) {
      return say(Message.PERIOD_HOURS, seconds / SECONDS_AN_HOUR);
    }
    return say(Message.PERIOD_MINUTES, Math.ceilDiv(seconds, SECONDS_A_MINUTE));
  }
}
