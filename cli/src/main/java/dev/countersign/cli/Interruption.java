package dev.countersign.cli;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Something to be done if the process is told to end before this is closed, as by Ctrl-C. */
final class Interruption implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Interruption.class);

  private final Thread hook;

  private Interruption(Thread hook) {
    this.hook = hook;
  }

  /** What is to be done. */
  @FunctionalInterface
  interface Last {
    /** Does it. */
    void act() throws CommandFailure;
  }

  /** From now on, until it is closed. */
  static Interruption then(Last last) {
    Thread hook = new Thread(() -> act(last), "countersign-interrupted");
    Runtime.getRuntime().addShutdownHook(hook);
    return new Interruption(hook);
  }

  private static void act(Last last) {
    try {
      last.act();
    } catch (CommandFailure e) {
      LOG.warn("what was to be done at the end could not be done", e);
    }
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      LOG.debug("the process ends already", e);
    }
  }
}
