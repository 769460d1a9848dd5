package dev.countersign.protocol.rar.ready;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import java.time.LocalDate;
import java.util.Optional;

/**
 * Days, with an end on one side at least. That the first is not after the last is not looked at.
 *
 * @param from the first day
 * @param to the last day
 */
public record Period(Optional<LocalDate> from, Optional<LocalDate> to) {

  /** Refuses a period without any end with {@link IllegalArgumentException}. */
  public Period {
    if (from.isEmpty() && to.isEmpty()) {
      throw new IllegalArgumentException("Period must have from or to");
    }
    from.ifPresent(date -> Bounds.requireYear("Period.from", date));
    to.ifPresent(date -> Bounds.requireYear("Period.to", date));
  }

  /** Both days and all between them. */
  public static Period of(LocalDate from, LocalDate to) {
    return new Period(Optional.of(from), Optional.of(to));
  }

  /** This day and all that follow. */
  public static Period since(LocalDate from) {
    return new Period(Optional.of(from), Optional.empty());
  }

  /** This day and all before it. */
  public static Period until(LocalDate to) {
    return new Period(Optional.empty(), Optional.of(to));
  }

  static Period read(Members members) throws MalformedJsonException {
    return new Period(members.date("from"), members.date("to"));
  }

  JsonObject toJson() {
    return JsonObject.builder()
        .put("from", from.map(LocalDate::toString))
        .put("to", to.map(LocalDate::toString))
        .build();
  }
}
