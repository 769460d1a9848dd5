package dev.countersign.store.sql;

import static dev.countersign.store.contract.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.store.OnceKey;
import dev.countersign.store.OnceKeys.Outcome;
import dev.countersign.store.Session;
import dev.countersign.store.StoreException;
import dev.countersign.store.contract.Samples;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to operations that wait at the same time. */
class WriterTest {

  @TempDir Path folder;

  private final Samples samples = new Samples("writer");
  private final Gate gate = new Gate();
  private SqliteStore store;

  @BeforeEach
  void open() {
    store =
        SqliteStore.open(folder.resolve("state.db"), path -> new WatchedConnections(path, gate));
  }

  @AfterEach
  void close() {
    gate.open();
    store.close();
  }

  @Test
  void commitsWhatWaitsTogether() throws Exception {
    List<Caller<Outcome>> callers = waiting(100);
    int before = gate.commits.get();

    gate.open();

    for (Caller<Outcome> caller : callers) {
      assertThat(caller.result()).isEqualTo(new Outcome.Used());
    }
    // One for the operation that held the gate, one for all that waited meanwhile.
    assertThat(gate.commits.get() - before).isEqualTo(2);
  }

  @Test
  void commitsAtMostSoManyTogether() throws Exception {
    List<Caller<Outcome>> callers = waiting(Writer.MOST_TOGETHER + 1);
    int before = gate.commits.get();

    gate.open();

    for (Caller<Outcome> caller : callers) {
      assertThat(caller.result()).isEqualTo(new Outcome.Used());
    }
    assertThat(gate.commits.get() - before).isEqualTo(3);
  }

  @Test
  void anOperationThatFailsFailsAlone() throws Exception {
    Session there = samples.session();
    store.openSession(there, Optional.empty(), NOW);
    OnceKey replayed = samples.onceKey();
    store.useOnce(Set.of(replayed), NOW);
    List<Caller<Outcome>> callers = waiting(10);
    Caller<Outcome> failing =
        new Caller<>(
            () -> {
              store.openSession(there, Optional.empty(), NOW);
              return new Outcome.Used();
            });
    Caller<Outcome> replaying = new Caller<>(() -> store.useOnce(Set.of(replayed), NOW));
    List<Caller<Outcome>> later = List.of(caller(), caller());
    List.of(failing, replaying, later.getFirst(), later.getLast()).forEach(Caller::awaitParked);

    gate.open();

    for (Caller<Outcome> caller : callers) {
      assertThat(caller.result()).isEqualTo(new Outcome.Used());
    }
    assertThatThrownBy(failing::result).hasCauseInstanceOf(StoreException.class);
    assertThat(replaying.result()).isEqualTo(new Outcome.Replayed(replayed));
    for (Caller<Outcome> caller : later) {
      assertThat(caller.result()).isEqualTo(new Outcome.Used());
    }
  }

  @Test
  void everyoneIsToldWhenTheCommitFailsAndTheNextOneWorks() throws Exception {
    List<Caller<Outcome>> callers = waiting(10);
    gate.failCommits(2);

    gate.open();

    for (Caller<Outcome> caller : callers) {
      assertThatThrownBy(caller::result).hasCauseInstanceOf(StoreException.class);
    }
    for (Caller<Outcome> caller : callers) {
      assertThat(store.useOnce(Set.of(caller.key), NOW)).isEqualTo(new Outcome.Used());
    }
  }

  @Test
  void anErrorInOneOperationDoesNotEndTheWriter() {
    OnceKey key = samples.onceKey();
    gate.breakNext("INSERT INTO once_keys");

    assertThatThrownBy(() -> store.useOnce(Set.of(key), NOW))
        .isInstanceOf(StoreException.class)
        .hasCauseInstanceOf(StackOverflowError.class);

    assertThat(store.useOnce(Set.of(key), NOW)).isEqualTo(new Outcome.Used());
  }

  @Test
  void readersDoNotSeeWhatIsNotCommitted() throws Exception {
    Session session = samples.session();
    gate.hold();
    Caller<Outcome> opening =
        new Caller<>(
            () -> {
              store.openSession(session, Optional.empty(), NOW);
              return new Outcome.Used();
            });
    // The writer stands before COMMIT; the row is written.
    gate.awaitHeld();

    assertThat(store.findSession(session.id(), NOW)).isEmpty();

    gate.open();
    opening.result();
    assertThat(store.findSession(session.id(), NOW)).contains(session);
  }

  @Test
  void closingFinishesWhatWasAcceptedAndRefusesWhatComesLater() throws Exception {
    List<Caller<Outcome>> callers = waiting(20);
    Thread closing = Thread.ofPlatform().start(store::close);
    // Without a limit it waits for the writer's thread to end, so that nothing is accepted any
    // more.
    awaitState(closing, Thread.State.WAITING);

    assertThatThrownBy(() -> store.useOnce(Set.of(samples.onceKey()), NOW))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("closed");
    gate.open();

    for (Caller<Outcome> caller : callers) {
      assertThat(caller.result()).isEqualTo(new Outcome.Used());
    }
    closing.join();
    try (SqliteStore again = SqliteStore.open(folder.resolve("state.db"))) {
      for (Caller<Outcome> caller : callers) {
        assertThat(again.useOnce(Set.of(caller.key), NOW))
            .isEqualTo(new Outcome.Replayed(caller.key));
      }
    }
  }

  @Test
  void anErrorTextHoldsNoValueOfARequest() {
    Session there = samples.session();
    store.openSession(there, Optional.empty(), NOW);

    assertThatThrownBy(() -> store.openSession(there, Optional.empty(), NOW))
        .isInstanceOf(StoreException.class)
        .satisfies(
            e -> {
              for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                assertThat(cause.toString())
                    .doesNotContain(there.id().hex())
                    .doesNotContain(there.login().subject().value());
              }
            });
  }

  @Test
  void whatACallerGaveUpBeforeItBeganIsNotCarriedOut() throws Exception {
    Caller<Outcome> caller = waiting(1).getFirst();

    caller.thread.interrupt();

    assertThatThrownBy(caller::result)
        .hasCauseInstanceOf(StoreException.class)
        .hasMessageContaining("nothing happened");
    gate.open();
    assertThat(store.useOnce(Set.of(caller.key), NOW)).isEqualTo(new Outcome.Used());
  }

  @Test
  void aCallerWhoIsInterruptedAfterItBeganStillLearnsWhatHappened() throws Exception {
    gate.hold();
    Caller<Outcome> caller = caller();
    gate.awaitHeld();

    caller.thread.interrupt();
    gate.open();

    assertThat(caller.result()).isEqualTo(new Outcome.Used());
  }

  @Test
  void nothingIsAskedOfTheStoreByACallerWhoWasInterruptedBefore() {
    OnceKey key = samples.onceKey();
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> store.useOnce(Set.of(key), NOW)).isInstanceOf(StoreException.class);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(store.useOnce(Set.of(key), NOW)).isEqualTo(new Outcome.Used());
  }

  @Test
  void whatTookTooLongToBeginIsNotCarriedOut() throws SQLException {
    AtomicInteger performed = new AtomicInteger();
    Task<Integer> task = new Task<>(_ -> Change.kept(performed.incrementAndGet()));

    assertThatThrownBy(() -> task.await(Duration.ZERO))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("nothing happened");
    try (Sql sql = new Sql(DriverManager.getConnection("jdbc:sqlite::memory:"))) {
      task.perform(sql);
    }

    assertThat(performed).hasValue(0);
  }

  /** Callers that wait while another operation, which nobody asks about, holds the writer. */
  private List<Caller<Outcome>> waiting(int count) throws InterruptedException {
    gate.hold();
    caller();
    gate.awaitHeld();
    List<Caller<Outcome>> callers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      callers.add(caller());
    }
    callers.forEach(Caller::awaitParked);
    return callers;
  }

  private Caller<Outcome> caller() {
    OnceKey key = samples.onceKey();
    return new Caller<>(key, () -> store.useOnce(Set.of(key), NOW));
  }

  private static void awaitState(Thread thread, Thread.State state) {
    while (thread.getState() != state && thread.isAlive()) {
      Thread.onSpinWait();
    }
  }

  /** A thread that calls the store. */
  private static final class Caller<T> {
    private final OnceKey key;
    private final FutureTask<T> task;
    private final Thread thread;

    Caller(Callable<T> call) {
      this(new Samples("nobody's").onceKey(), call);
    }

    Caller(OnceKey key, Callable<T> call) {
      this.key = key;
      this.task = new FutureTask<>(call);
      this.thread = Thread.ofVirtual().start(task);
    }

    void awaitParked() {
      // With a limit of time it waits for its answer only, so that it has been accepted.
      awaitState(thread, Thread.State.TIMED_WAITING);
    }

    T result() throws InterruptedException, ExecutionException {
      return task.get();
    }
  }

  /** Holds the writer before a COMMIT, counts commits and lets some fail. */
  private static final class Gate implements Statements {
    private final AtomicInteger commits = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicReference<String> broken = new AtomicReference<>("");
    private volatile CountDownLatch held = new CountDownLatch(0);
    private volatile CountDownLatch opened = new CountDownLatch(0);

    void hold() {
      held = new CountDownLatch(1);
      opened = new CountDownLatch(1);
    }

    void awaitHeld() throws InterruptedException {
      held.await();
    }

    void open() {
      opened.countDown();
    }

    /** Lets the next commits fail. */
    void failCommits(int count) {
      failures.set(count);
    }

    /** Lets the next statement that begins like this end in an Error. */
    void breakNext(String text) {
      broken.set(text);
    }

    @Override
    public void before(String text) throws SQLException {
      String wanted = broken.get();
      if (!wanted.isEmpty() && text.startsWith(wanted)) {
        broken.set("");
        throw new StackOverflowError("for instance");
      }
      if (text.equals("COMMIT")) {
        held.countDown();
        try {
          opened.await();
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
        commits.incrementAndGet();
        if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
          throw new SQLException("disk full, for instance");
        }
      }
    }

    @Override
    public void after(String text) {}
  }
}
