package dev.countersign.server.details;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;
import java.util.Optional;

/** Writes days and moments as people of one language do, months as words. */
final class Dates {
  private final Locale locale;

  Dates(Locale locale) {
    this.locale = locale;
  }

  /** A day, {@code 2026-11-26}; empty for any other text. */
  Optional<String> day(String text) {
    try {
      return Optional.of(
          LocalDate.parse(text)
              .format(DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG).withLocale(locale)));
    } catch (DateTimeException another) {
      return Optional.empty();
    }
  }

  /**
   * A moment (RFC 3339) by the clock that it came with: where the person is, nobody here knows.
   * Empty for any other text.
   */
  Optional<String> moment(String text) {
    try {
      OffsetDateTime moment = OffsetDateTime.parse(text);
      if (moment.getNano() != 0) {
        // No style of a language writes fractions: left out they would be rounded.
        return Optional.empty();
      }
      FormatStyle time = moment.getSecond() == 0 ? FormatStyle.SHORT : FormatStyle.MEDIUM;
      return Optional.of(
          moment.format(
                  DateTimeFormatter.ofLocalizedDateTime(FormatStyle.LONG, time).withLocale(locale))
              + " "
              + zone(moment.getOffset()));
    } catch (DateTimeException another) {
      return Optional.empty();
    }
  }

  private static String zone(ZoneOffset offset) {
    return offset.equals(ZoneOffset.UTC) ? "UTC" : "UTC" + offset.getId();
  }
}
