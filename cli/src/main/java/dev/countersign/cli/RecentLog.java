package dev.countersign.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.CyclicBufferAppender;
import org.slf4j.LoggerFactory;

/**
 * The log of a command whose output is not a log: nothing is printed, and the newest warnings are
 * kept in case the command breaks off.
 */
final class RecentLog {
  private static final String NAME = "recent";
  private static final int NEWEST = 200;
  private static final String PATTERN = "%d %-5level %logger{0} %msg %kvp%n";

  private RecentLog() {}

  /** From now on the log of this process is kept and not printed. */
  static void instead() {
    Logger root = root();
    CyclicBufferAppender<ILoggingEvent> recent = new CyclicBufferAppender<>();
    recent.setName(NAME);
    recent.setMaxSize(NEWEST);
    recent.setContext(root.getLoggerContext());
    recent.start();
    root.detachAndStopAllAppenders();
    root.addAppender(recent);
    root.setLevel(Level.WARN);
  }

  /** What was kept; empty if nothing was. */
  static String text() {
    Logger root = root();
    if (!(root.getAppender(NAME) instanceof CyclicBufferAppender<ILoggingEvent> recent)) {
      return "";
    }
    PatternLayout layout = new PatternLayout();
    layout.setContext(root.getLoggerContext());
    layout.setPattern(PATTERN);
    layout.start();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < recent.getLength(); i++) {
      text.append(layout.doLayout(recent.get(i)));
    }
    return text.toString();
  }

  private static Logger root() {
    return ((LoggerContext) LoggerFactory.getILoggerFactory())
        .getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  }
}
