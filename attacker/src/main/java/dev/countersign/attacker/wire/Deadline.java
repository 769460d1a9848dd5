package dev.countersign.attacker.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Closes a connection when its time is over: a peer that says a little, ever again, is never late
 * by the time of each read.
 */
final class Deadline implements AutoCloseable {
  private final CompletableFuture<Boolean> over = new CompletableFuture<>();
  private final CompletableFuture<?> closing;

  /** From now on. The socket is the plain one, which closes without another word. */
  Deadline(Socket plain, Duration time) {
    closing =
        over.completeOnTimeout(true, time.toNanos(), TimeUnit.NANOSECONDS)
            .thenAccept(
                late -> {
                  if (late) {
                    close(plain);
                  }
                });
  }

  private static void close(Socket plain) {
    try {
      plain.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether the time was over before this was closed. */
  boolean isOver() {
    return over.getNow(false);
  }

  @Override
  public void close() {
    over.complete(false);
    closing.cancel(false);
  }
}
