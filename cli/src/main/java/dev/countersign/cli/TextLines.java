package dev.countersign.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;
import dev.countersign.protocol.json.OneLine;
import org.slf4j.event.KeyValuePair;

/**
 * The log for people: time, level, logger, message, then {@code key="value"} for each field, and
 * what broke. One event, one line, whatever is in it.
 */
public final class TextLines extends EncoderBase<ILoggingEvent> {
  private static final byte[] NOTHING = {};

  /** Logback makes one by its name. */
  public TextLines() {}

  @Override
  public byte[] encode(ILoggingEvent event) {
    StringBuilder line = new StringBuilder(200);
    line.append(LogEvent.time(event));
    line.append(" %-5s ".formatted(event.getLevel()));
    line.append(shortName(event.getLoggerName())).append(' ');
    line.append(OneLine.of(String.valueOf(event.getFormattedMessage())));
    for (KeyValuePair field : LogEvent.fields(event)) {
      line.append(' ').append(OneLine.of(field.key)).append('=');
      line.append(OneLine.quoted(String.valueOf(field.value)));
    }
    LogEvent.failure(event)
        .ifPresent(failure -> line.append(" failure=").append(OneLine.quoted(failure)));
    return line.append('\n').toString().getBytes(UTF_8);
  }

  private static String shortName(String logger) {
    return logger.substring(logger.lastIndexOf('.') + 1);
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
