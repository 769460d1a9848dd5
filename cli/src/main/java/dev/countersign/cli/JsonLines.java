package dev.countersign.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.OneLine;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.event.KeyValuePair;

/**
 * The log for programs: a JSON object on each line, with the members {@code timestamp}, {@code
 * level}, {@code logger} and {@code message}, then the fields of the event as members of their own,
 * numbers as numbers, and {@code failure} where something broke.
 *
 * <p>Logback's own encoder of JSON puts the fields into a list of objects and writes what
 * exceptions say of themselves; that may be input, and does not belong here.
 */
public final class JsonLines extends EncoderBase<ILoggingEvent> {
  private static final byte[] NOTHING = {};
  private static final String TIMESTAMP = "timestamp";
  private static final String LEVEL = "level";
  private static final String LOGGER = "logger";
  private static final String MESSAGE = "message";
  private static final String FAILURE = "failure";

  /** Logback makes one by its name. */
  public JsonLines() {}

  @Override
  public byte[] encode(ILoggingEvent event) {
    JsonObject.Builder line =
        JsonObject.builder()
            .put(TIMESTAMP, LogEvent.time(event))
            .put(LEVEL, event.getLevel().toString())
            .put(LOGGER, event.getLoggerName())
            .put(MESSAGE, String.valueOf(event.getFormattedMessage()));
    Set<String> taken = new HashSet<>(List.of(TIMESTAMP, LEVEL, LOGGER, MESSAGE));
    for (KeyValuePair field : LogEvent.fields(event)) {
      put(line, free(field.key, taken), field.value);
    }
    LogEvent.failure(event).ifPresent(failure -> line.put(free(FAILURE, taken), failure));
    return (OneLine.of(line.build().toJson()) + '\n').getBytes(UTF_8);
  }

  /** A name that stands once: a field cannot take the place of what stands there already. */
  private static String free(String name, Set<String> taken) {
    String free = name;
    while (!taken.add(free)) {
      free += "_";
    }
    return free;
  }

  private static void put(JsonObject.Builder line, String name, Object value) {
    switch (value) {
      case null -> {}
      case Integer number -> line.put(name, number);
      case Long number -> line.put(name, number);
      case Boolean truth -> line.put(name, truth);
      default -> line.put(name, String.valueOf(value));
    }
  }

  @Override
  public byte[] headerBytes() {
    return NOTHING;
  }

  @Override
  public byte[] footerBytes() {
    return NOTHING;
  }
}
