package dev.countersign.demo.scene;

import java.util.ArrayDeque;
import java.util.Deque;

/** What was opened and must be closed, the last first, each whatever becomes of the others. */
final class Belongings implements AutoCloseable {
  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  <T extends AutoCloseable> T keep(T thing) {
    open.push(thing);
    return thing;
  }

  @Override
  public void close() {
    IllegalStateException failed = null;
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (Exception e) {
        failed = failed == null ? new IllegalStateException("could not be closed", e) : failed;
      }
    }
    if (failed != null) {
      throw failed;
    }
  }
}
