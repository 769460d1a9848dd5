package dev.countersign.store.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/** Many callers that do the same thing at the same time. */
final class Race {

  static final int CALLERS = 64;

  private Race() {}

  /** Lets {@value #CALLERS} virtual threads begin at once; returns what each came to. */
  static <T> List<T> run(IntFunction<T> caller) throws InterruptedException, ExecutionException {
    CountDownLatch ready = new CountDownLatch(CALLERS);
    List<Future<T>> futures = new ArrayList<>();
    List<T> results = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < CALLERS; i++) {
        int number = i;
        Callable<T> run =
            () -> {
              ready.countDown();
              ready.await();
              return caller.apply(number);
            };
        futures.add(threads.submit(run));
      }
      for (Future<T> future : futures) {
        results.add(future.get());
      }
    }
    return results;
  }
}
