package dev.countersign.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.countersign.remote.RemoteException.Kind;
import dev.countersign.testkit.TestClock;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class RemoteDocumentTest {

  private static final URI PLACE = URI.create("https://as.example/doc");

  private final TestClock clock = new TestClock();
  private final AtomicInteger fetches = new AtomicInteger();
  private Optional<Kind> broken = Optional.empty();
  private final RemoteDocument<Integer> document =
      new RemoteDocument<>(
          this::fetch,
          clock,
          new Freshness(Duration.ofMinutes(10), Duration.ofSeconds(30), Duration.ofHours(1)));

  private int fetch() throws RemoteException {
    int number = fetches.incrementAndGet();
    if (broken.isPresent()) {
      throw new RemoteException(broken.get(), PLACE, "broken", new IllegalStateException());
    }
    return number;
  }

  @Test
  void fetchesOnceWhileTheCopyIsFresh() throws RemoteException {
    assertThat(document.current()).isEqualTo(1);
    clock.advance(Duration.ofMinutes(10).minusMillis(1));
    assertThat(document.current()).isEqualTo(1);
    clock.advance(Duration.ofMillis(1));
    assertThat(document.current()).isEqualTo(1);
    assertThat(document.newest()).isEqualTo(2);
    assertThat(document.current()).isEqualTo(2);
  }

  @Test
  void looksAgainForTheUnsatisfiedButNotTooOften() throws RemoteException {
    assertThat(document.current()).isEqualTo(1);
    assertThat(document.newest()).isEqualTo(1);
    clock.advance(Duration.ofSeconds(30));
    assertThat(document.newest()).isEqualTo(2);
    assertThat(document.newest()).isEqualTo(2);
  }

  @Test
  void usesTheCopyWhileFetchingFailsAndRetriesNotTooOften() throws RemoteException {
    document.current();
    broken = Optional.of(Kind.UNREACHABLE);
    clock.advance(Duration.ofMinutes(10));
    assertThat(document.newest()).isEqualTo(1);
    assertThat(document.current()).isEqualTo(1);
    assertThat(fetches).hasValue(2);
    clock.advance(Duration.ofSeconds(30));
    assertThat(document.newest()).isEqualTo(1);
    assertThat(fetches).hasValue(3);
  }

  @Test
  void usesTheCopyNoLongerThanItMay() throws RemoteException {
    document.current();
    broken = Optional.of(Kind.TIMEOUT);
    clock.advance(Duration.ofHours(1).minusSeconds(31));
    assertThat(document.current()).isEqualTo(1);
    clock.advance(Duration.ofSeconds(31));
    assertThatThrownBy(document::current).isInstanceOf(RemoteException.class);
  }

  @Test
  void stopsAtADocumentThatContradictsWhatWasAskedFor() throws RemoteException {
    document.current();
    broken = Optional.of(Kind.UNTRUSTED);
    clock.advance(Duration.ofMinutes(10));
    assertThat(document.current()).isEqualTo(1);
    assertThatThrownBy(document::newest).isInstanceOf(RemoteException.class);
    assertThatThrownBy(document::current).isInstanceOf(RemoteException.class);
  }

  @Test
  void bringsNoCopyBackAtAnotherFaultAfterADocumentThatContradicted() throws RemoteException {
    document.current();
    broken = Optional.of(Kind.UNTRUSTED);
    clock.advance(Duration.ofMinutes(20));
    assertThatThrownBy(document::current).isInstanceOf(RemoteException.class);
    broken = Optional.of(Kind.UNREACHABLE);
    clock.advance(Duration.ofSeconds(30));
    assertThatThrownBy(document::current).isInstanceOf(RemoteException.class);
    broken = Optional.empty();
    clock.advance(Duration.ofSeconds(1));
    assertThat(document.current()).isEqualTo(4);
  }

  @Test
  void triesAgainAfterASecondWhenThereIsNoCopy() throws RemoteException {
    broken = Optional.of(Kind.UNREACHABLE);
    assertThatThrownBy(document::current).isInstanceOf(RemoteException.class);
    broken = Optional.empty();
    assertThatThrownBy(document::current).isInstanceOf(RemoteException.class);
    clock.advance(Duration.ofSeconds(1));
    assertThat(document.current()).isEqualTo(2);
  }

  @Test
  void isNotFrozenByAClockThatIsSetBack() throws RemoteException {
    document.current();
    clock.advance(Duration.ofDays(-1));
    assertThat(document.current()).isEqualTo(2);
  }

  @Test
  void fetchesOnceForManyCallersAtATime() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    AtomicInteger loads = new AtomicInteger();
    RemoteDocument<Integer> slow =
        new RemoteDocument<>(
            () -> {
              inside.countDown();
              awaitQuietly(go);
              return loads.incrementAndGet();
            },
            clock,
            new Freshness(Duration.ofMinutes(1), Duration.ZERO, Duration.ofMinutes(1)));
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> callers = new ArrayList<>();
      callers.add(threads.submit(slow::current));
      inside.await();
      for (int i = 0; i < 20; i++) {
        callers.add(threads.submit(slow::current));
      }
      go.countDown();
      for (Future<Integer> caller : callers) {
        assertThat(caller.get()).isEqualTo(1);
      }
    }
  }

  @Test
  void anInterruptedCallerDoesNotFailTheFetchForEverybody() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    RemoteDocument<Integer> slow =
        new RemoteDocument<>(
            () -> {
              inside.countDown();
              try {
                go.await();
              } catch (InterruptedException e) {
                throw new RemoteException(Kind.INTERRUPTED, PLACE, "interrupted", e);
              }
              return 1;
            },
            clock,
            new Freshness(Duration.ofMinutes(1), Duration.ofSeconds(30), Duration.ofMinutes(1)));
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Kind> first =
          threads.submit(
              () -> {
                Thread.currentThread().interrupt();
                return catchThrowableOfType(RemoteException.class, slow::current).kind();
              });
      assertThat(first.get()).isEqualTo(Kind.INTERRUPTED);
      inside.await();
      Future<Integer> second = threads.submit(slow::current);
      go.countDown();
      assertThat(second.get()).isEqualTo(1);
    }
  }

  @Test
  @Timeout(30)
  void aSlowPublisherStallsNobodyWhileACopyMayStandIn() throws RemoteException {
    CountDownLatch go = new CountDownLatch(1);
    AtomicInteger loads = new AtomicInteger();
    RemoteDocument<Integer> slow =
        new RemoteDocument<>(
            () -> {
              int number = loads.incrementAndGet();
              if (number > 1) {
                awaitQuietly(go);
              }
              return number;
            },
            clock,
            new Freshness(Duration.ofMinutes(10), Duration.ofSeconds(30), Duration.ofHours(1)));
    slow.current();
    clock.advance(Duration.ofMinutes(20).minusMillis(1));
    assertThat(slow.current()).isEqualTo(1);
    assertThat(slow.current()).isEqualTo(1);
    go.countDown();
    assertThat(slow.newest()).isEqualTo(2);
    assertThat(loads).hasValue(2);
    clock.advance(Duration.ofMinutes(20));
    assertThat(slow.current()).isEqualTo(3);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
