package dev.countersign.server.interaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
import com.sun.management.ThreadMXBean;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.oauth.Subject;
import dev.countersign.protocol.refusal.RefusalException;
import dev.countersign.requirement.Requirement;
import dev.countersign.server.config.PasswordHash;
import dev.countersign.server.config.UserConfig;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;

class AccountsTest {
  private static final Subject SUBJECT = new Subject("u-1");
  private static final int USUAL_MEMORY = 19456;

  private static UserConfig user(
      String name, String subject, String password, int kib, int passes) {
    String hash =
        Password.hash(password)
            .addRandomSalt(16)
            .with(Argon2Function.getInstance(kib, passes, 1, 32, Argon2.ID))
            .getResult();
    return new UserConfig(
        name, new Subject(subject), new PasswordHash(hash), JsonObject.builder().build(), Map.of());
  }

  private static final UserConfig USER = user("name", "u-1", "right", 64, 1);

  private static Argon2Function functionOf(PasswordHash hash) {
    return Argon2Function.getInstanceFromHash(hash.phc());
  }

  @Test
  void knowsTheRightPasswordOnly() {
    Accounts accounts = new Accounts(List.of(USER));
    assertThat(accounts.authenticate("name", "right")).contains(SUBJECT);
    assertThat(accounts.authenticate("name", "Right")).isEmpty();
    assertThat(accounts.authenticate("name", "right ")).isEmpty();
    assertThat(accounts.authenticate("name", "")).isEmpty();
  }

  @Test
  void knowsNobodyByAnotherName() {
    Accounts accounts = new Accounts(List.of(USER, user("other", "u-2", "wrong", 64, 1)));
    assertThat(accounts.authenticate("nobody", "right")).isEmpty();
    assertThat(accounts.authenticate("Name", "right")).isEmpty();
    assertThat(accounts.authenticate("u-1", "right")).isEmpty();
    assertThat(accounts.authenticate("", "")).isEmpty();
    assertThat(accounts.authenticate("other", "right")).isEmpty();
    assertThat(accounts.authenticate("other", "wrong")).contains(new Subject("u-2"));
  }

  @Test
  void hasAPasswordForNobody() {
    Accounts none = new Accounts(List.of());
    assertThat(none.authenticate("", "")).isEmpty();
    assertThat(none.authenticate("anna", "right")).isEmpty();
  }

  @Test
  @Requirement({"A1-48"})
  void theHashForUnknownNamesIsAValidOneOfTheUsualCost() {
    assertThat(functionOf(Accounts.nobody(List.of())))
        .isEqualTo(functionOf(PasswordHash.of("anything")))
        .isEqualTo(Argon2Function.getInstance(USUAL_MEMORY, 2, 1, 32, Argon2.ID, 19));
  }

  @Test
  @Requirement({"A1-48"})
  void theHashForUnknownNamesCostsAsMuchAsTheCostliestAccount() {
    UserConfig cheap = user("a", "u-a", "x", 256, 1);
    UserConfig costly = user("b", "u-b", "x", 128, 3);
    assertThat(functionOf(Accounts.nobody(List.of(cheap, costly))))
        .isEqualTo(functionOf(costly.password()));
    assertThat(functionOf(Accounts.nobody(List.of(costly, cheap))))
        .isEqualTo(functionOf(costly.password()));
  }

  @Test
  @Requirement({"A1-48"})
  void anUnknownNameIsHashedAsAKnownOneIs() {
    Accounts accounts = new Accounts(List.of(user("name", "u-1", "right", USUAL_MEMORY, 1)));
    accounts.authenticate("name", "to load the classes");
    long known = allocated(accounts, "name");
    long unknown = allocated(accounts, "nobody");
    // Not the time, which no test can hold still, but the memory that argon2 is made to need.
    assertThat(known).isGreaterThan(USUAL_MEMORY * 1024L);
    assertThat(unknown).isBetween(known * 9 / 10, known * 11 / 10);
  }

  private static long allocated(Accounts accounts, String name) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    assertThat(accounts.authenticate(name, "wrong")).isEmpty();
    return threads.getCurrentThreadAllocatedBytes() - before;
  }

  @Test
  @Requirement({"A1-48"})
  void oneHashIsComputedForEveryTryWhoeverItIs() {
    UserConfig costly = user("name", "u-1", "right", 128, 2);
    List<String> costs = new ArrayList<>();
    Accounts accounts =
        new Accounts(
            List.of(costly),
            (hash, password) -> {
              costs.add(hash.cost());
              return password.equals("right");
            },
            new Semaphore(1),
            Duration.ZERO);
    assertThat(accounts.authenticate("name", "right")).isPresent();
    assertThat(accounts.authenticate("name", "wrong")).isEmpty();
    assertThat(accounts.authenticate("nobody", "wrong")).isEmpty();
    // As if the hash of nobody had a password after all.
    assertThat(accounts.authenticate("nobody", "right")).isEmpty();
    assertThat(costs).hasSize(4).containsOnly("m=128,t=2,p=1");
  }

  @Test
  void refusesWhoFindsNoTurnInTimeAndGivesTurnsBack() throws InterruptedException {
    Semaphore turns = new Semaphore(1);
    CountDownLatch hashing = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    Accounts accounts =
        new Accounts(
            List.of(USER),
            (hash, password) -> {
              hashing.countDown();
              return awaited(goOn);
            },
            turns,
            Duration.ZERO);
    try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Optional<Subject>> first = pool.submit(() -> accounts.authenticate("name", "right"));
      hashing.await();
      for (String name : List.of("name", "nobody")) {
        RefusalException busy =
            catchThrowableOfType(
                RefusalException.class, () -> accounts.authenticate(name, "right"));
        assertThat(busy.refusal().status()).isEqualTo(429);
      }
      goOn.countDown();
      assertThat(of(first)).contains(SUBJECT);
    }
    assertThat(turns.availablePermits()).isEqualTo(1);
    assertThat(accounts.authenticate("name", "right")).contains(SUBJECT);
  }

  @Test
  void aHashThatBreaksGivesItsTurnBack() {
    Semaphore turns = new Semaphore(1);
    Accounts accounts =
        new Accounts(
            List.of(USER),
            (hash, password) -> {
              throw new IllegalStateException("broken");
            },
            turns,
            Duration.ZERO);
    assertThatThrownBy(() -> accounts.authenticate("name", "right"))
        .isInstanceOf(IllegalStateException.class);
    assertThat(turns.availablePermits()).isEqualTo(1);
  }

  private static boolean awaited(CountDownLatch latch) {
    try {
      latch.await();
      return true;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void answersManyAtOnce() throws InterruptedException {
    Accounts accounts = new Accounts(List.of(USER));
    Callable<Optional<Subject>> right = () -> accounts.authenticate("name", "right");
    try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Optional<Subject>> found =
          pool.invokeAll(Collections.nCopies(64, right)).stream().map(AccountsTest::of).toList();
      assertThat(found).hasSize(64).containsOnly(Optional.of(SUBJECT));
    }
  }

  private static Optional<Subject> of(Future<Optional<Subject>> future) {
    try {
      return future.get();
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void knowsWhoHasAnAccountAndHowToCallThem() {
    Accounts accounts = new Accounts(List.of(USER));
    assertThat(accounts.knows(SUBJECT)).isTrue();
    assertThat(accounts.knows(new Subject("name"))).isFalse();
    assertThat(accounts.displayName(SUBJECT)).isEqualTo("name");
    assertThat(accounts.displayName(new Subject("u-9"))).isEqualTo("u-9");
  }
}
