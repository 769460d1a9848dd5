package dev.countersign.it.mutation;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.function.Executable;

/** Tests that begin before it is their turn to be told, a few at once. */
final class AtOnce implements AutoCloseable {
  /** Each has a {@link Worker}, which keeps a core busy. */
  private static final int AT_ONCE = 2;

  private final ExecutorService running = Executors.newFixedThreadPool(AT_ONCE);

  private AtOnce() {}

  static AtOnce few() {
    return new AtOnce();
  }

  /** Waits for what begins at once, or when its turn comes. */
  DynamicTest test(String name, Executable executable) {
    CompletableFuture<Void> ended = new CompletableFuture<>();
    running.execute(
        () -> {
          try {
            executable.execute();
            ended.complete(null);
          } catch (Throwable failure) {
            ended.completeExceptionally(failure);
          }
        });
    return DynamicTest.dynamicTest(
        name,
        () -> {
          try {
            ended.get();
          } catch (ExecutionException e) {
            throw e.getCause();
          }
        });
  }

  @Override
  public void close() {
    running.shutdownNow();
  }
}
