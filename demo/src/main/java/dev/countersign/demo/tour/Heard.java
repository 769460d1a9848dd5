package dev.countersign.demo.tour;

import dev.countersign.demo.scene.Exchange;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** Keeps what was heard on a wire until it is taken. Safe for any number of threads. */
final class Heard implements Consumer<Exchange> {
  private final ReentrantLock lock = new ReentrantLock();
  private final List<Exchange> kept = new ArrayList<>();

  @Override
  public void accept(Exchange exchange) {
    lock.lock();
    try {
      kept.add(exchange);
    } finally {
      lock.unlock();
    }
  }

  /** What was heard since the last time, in order. */
  List<Exchange> drain() {
    lock.lock();
    try {
      List<Exchange> all = List.copyOf(kept);
      kept.clear();
      return all;
    } finally {
      lock.unlock();
    }
  }
}
