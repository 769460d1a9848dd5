package dev.countersign.testkit;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.read.ListAppender;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.event.KeyValuePair;

/**
 * What a logger and all below it write, from the moment this is made until it is closed. Safe for
 * any number of threads.
 */
public final class CapturedLog implements AutoCloseable {
  private final Logger logger;
  private final @Nullable Level levelBefore;
  private final boolean additiveBefore;
  private final ListAppender<ILoggingEvent> appender = new ListAppender<>();
  private final List<Appender<ILoggingEvent>> silenced = new ArrayList<>();

  private CapturedLog(Logger logger) {
    this.logger = logger;
    this.levelBefore = logger.getLevel();
    this.additiveBefore = logger.isAdditive();
  }

  /** Listens to the logger of this name, set to this level; who listened before still hears it. */
  public static CapturedLog of(String name, Level level) {
    CapturedLog log = new CapturedLog((Logger) LoggerFactory.getLogger(name));
    log.listen(level);
    return log;
  }

  /** The same, and nobody else who listens hears it, the console included. */
  public static CapturedLog aside(String name, Level level) {
    CapturedLog log = new CapturedLog((Logger) LoggerFactory.getLogger(name));
    log.logger.iteratorForAppenders().forEachRemaining(log.silenced::add);
    log.silenced.forEach(log.logger::detachAppender);
    log.logger.setAdditive(false);
    log.listen(level);
    return log;
  }

  private void listen(Level level) {
    logger.setLevel(level);
    appender.start();
    logger.addAppender(appender);
  }

  /** What was written so far, in order. */
  public List<ILoggingEvent> events() {
    // The lock that the appender itself takes.
    synchronized (appender) {
      return List.copyOf(appender.list);
    }
  }

  /**
   * What was written so far, a text for each: level, logger, thread, message, fields, and all of a
   * failure.
   */
  public List<String> texts() {
    return events().stream().map(CapturedLog::text).toList();
  }

  /** All that was written so far as one text. */
  public String text() {
    return String.join("\n", texts());
  }

  /** A field of the last line, as text. */
  public Optional<String> lastField(String name) {
    return fields(events().getLast()).stream()
        .filter(pair -> pair.key.equals(name))
        .map(pair -> String.valueOf(pair.value))
        .findFirst();
  }

  private static List<KeyValuePair> fields(ILoggingEvent event) {
    return Optional.ofNullable(event.getKeyValuePairs()).orElse(List.of());
  }

  private static String text(ILoggingEvent event) {
    StringBuilder text = new StringBuilder();
    text.append(event.getLevel()).append(' ').append(event.getLoggerName());
    text.append(' ').append(event.getThreadName()).append(' ').append(event.getFormattedMessage());
    fields(event).forEach(pair -> text.append(' ').append(pair.key).append('=').append(pair.value));
    event
        .getMDCPropertyMap()
        .forEach((name, value) -> text.append(' ').append(name).append('=').append(value));
    Optional.ofNullable(event.getThrowableProxy())
        .map(ThrowableProxyUtil::asString)
        .ifPresent(failure -> text.append(' ').append(failure));
    return text.toString();
  }

  /** Stops listening and sets the logger back. */
  @Override
  public void close() {
    logger.detachAppender(appender);
    silenced.forEach(logger::addAppender);
    logger.setAdditive(additiveBefore);
    logger.setLevel(levelBefore);
  }
}
