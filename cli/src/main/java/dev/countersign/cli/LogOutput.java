package dev.countersign.cli;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import dev.countersign.server.config.LogFormat;
import org.slf4j.LoggerFactory;

/** Where the log of a serving process goes: standard output, in the form that was asked for. */
final class LogOutput {
  private static final String NAME = "out";

  private LogOutput() {}

  /** From now on the log is written in this form, and in no other. */
  static void as(LogFormat format) {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    Encoder<ILoggingEvent> encoder =
        switch (format) {
          case TEXT -> new TextLines();
          case JSON -> new JsonLines();
        };
    encoder.setContext(context);
    encoder.start();
    ConsoleAppender<ILoggingEvent> out = new ConsoleAppender<>();
    out.setName(NAME);
    out.setContext(context);
    out.setEncoder(encoder);
    out.start();
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.detachAndStopAllAppenders();
    root.addAppender(out);
  }
}
