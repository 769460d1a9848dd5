package dev.countersign.server.interaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.requirement.Requirement;
import dev.countersign.server.config.LoginConfig;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoginThrottleTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final String HERE = "192.0.2.1";
  private static final Duration WINDOW = Duration.ofMinutes(15);

  private final LoginThrottle throttle = throttle(3, Optional.of(10));

  private static LoginThrottle throttle(int account, Optional<Integer> address) {
    return new LoginThrottle(
        new LoginConfig(Optional.empty(), account, address, WINDOW), new SecureRandom());
  }

  private Optional<Duration> fail(String name, String address, Instant now) {
    return throttle.begin(name, address, now);
  }

  private void failTimes(int times, String name, String address, Instant now) {
    for (int i = 0; i < times; i++) {
      assertThat(fail(name, address, now)).isEmpty();
    }
  }

  @Test
  void anAccountWaitsAfterSoManyFailuresAndLongerAfterEachMore() {
    failTimes(3, "anna", HERE, NOW);
    Instant now = NOW;
    for (int minutes : List.of(1, 2, 4, 8, 15, 15)) {
      Duration wait = Duration.ofMinutes(minutes);
      assertThat(fail("anna", HERE, now)).contains(wait);
      assertThat(fail("anna", HERE, now.plus(wait).minusSeconds(1)))
          .contains(Duration.ofSeconds(1));
      assertThat(fail("anna", HERE, now.plus(wait).minusMillis(1))).contains(Duration.ofSeconds(1));
      now = now.plus(wait);
      assertThat(fail("anna", HERE, now)).isEmpty();
    }
  }

  @Test
  void anotherAccountDoesNotWait() {
    failTimes(3, "anna", HERE, NOW);
    assertThat(fail("ben", HERE, NOW)).isEmpty();
    assertThat(fail("Anna", HERE, NOW)).isEmpty();
    assertThat(fail("anna", "192.0.2.2", NOW)).contains(Duration.ofMinutes(1));
  }

  @Test
  void aTryThatHadToWaitIsNoFailure() {
    failTimes(3, "anna", HERE, NOW);
    for (int i = 0; i < 50; i++) {
      assertThat(fail("anna", HERE, NOW)).contains(Duration.ofMinutes(1));
    }
    assertThat(fail("anna", HERE, NOW.plusSeconds(60))).isEmpty();
  }

  @Test
  void failuresAreForgottenAWindowAfterTheLast() {
    failTimes(2, "anna", HERE, NOW);
    Instant last = NOW.plus(WINDOW).minusSeconds(1);
    failTimes(1, "anna", HERE, last);
    assertThat(fail("anna", HERE, last)).isPresent();

    failTimes(2, "ben", HERE, NOW);
    failTimes(3, "ben", "192.0.2.2", NOW.plus(WINDOW));
    assertThat(fail("ben", "192.0.2.2", NOW.plus(WINDOW))).contains(Duration.ofMinutes(1));
  }

  @Test
  void aRightPasswordEndsTheFailuresOfTheAccount() {
    failTimes(2, "anna", HERE, NOW);
    failTimes(1, "anna", HERE, NOW);
    throttle.succeeded("anna", HERE);
    failTimes(3, "anna", HERE, NOW);
    assertThat(fail("anna", HERE, NOW)).isPresent();
  }

  @Test
  void aRightPasswordDoesNotEndTheFailuresOfTheAddress() {
    for (int i = 0; i < 9; i++) {
      failTimes(1, "name" + i, HERE, NOW);
      failTimes(1, "the attacker's own account", HERE, NOW);
      throttle.succeeded("the attacker's own account", HERE);
    }
    failTimes(1, "name9", HERE, NOW);
    assertThat(fail("name10", HERE, NOW)).contains(WINDOW);
  }

  @Test
  void anAddressWaitsUntilTheWindowOfItsFirstFailureEnds() {
    failTimes(1, "first", HERE, NOW);
    Instant later = NOW.plusSeconds(300);
    for (int i = 0; i < 9; i++) {
      failTimes(1, "name" + i, HERE, later);
    }
    assertThat(fail("anna", HERE, later)).contains(WINDOW.minusSeconds(300));
    assertThat(fail("anna", "192.0.2.2", later)).isEmpty();
    assertThat(fail("anna", HERE, NOW.plus(WINDOW).minusSeconds(1)))
        .contains(Duration.ofSeconds(1));
    assertThat(fail("anna", HERE, NOW.plus(WINDOW))).isEmpty();
  }

  @Test
  void countsNoAddressWhereItIsToldNotTo() {
    LoginThrottle open = throttle(3, Optional.empty());
    for (int i = 0; i < 1000; i++) {
      assertThat(open.begin("name" + i, HERE, NOW)).isEmpty();
    }
    for (int i = 0; i < 3; i++) {
      assertThat(open.begin("anna", HERE, NOW)).isEmpty();
    }
    assertThat(open.begin("anna", HERE, NOW)).isPresent();
  }

  @Test
  void aTryThatNobodyLookedAtIsNoFailure() {
    for (int i = 0; i < 50; i++) {
      failTimes(1, "anna", HERE, NOW);
      throttle.withdrawn("anna", HERE);
    }
    failTimes(3, "anna", HERE, NOW);
    throttle.withdrawn("anna", HERE);
    failTimes(1, "anna", HERE, NOW);
    assertThat(fail("anna", HERE, NOW)).isPresent();
  }

  @Test
  void aTryThatNobodyLookedAtMakesNobodyWait() {
    failTimes(3, "anna", HERE, NOW);
    Instant later = NOW.plusSeconds(60);
    for (int i = 0; i < 5; i++) {
      failTimes(1, "anna", HERE, later);
      throttle.withdrawn("anna", HERE);
    }
    failTimes(1, "anna", HERE, later);
    assertThat(fail("anna", HERE, later)).contains(Duration.ofMinutes(2));
  }

  @ParameterizedTest
  @CsvSource({
    "2001:db8:0:1::1, 2001:db8:0:1:ffff:ffff:ffff:ffff, true",
    "2001:db8:0:1::1, 2001:db8:0:2::1, false",
    "2001:db8:0:1:0:0:0:1, 2001:db8:0:1::2, true",
    "fe80::1%eth0, fe80::2%eth1, true",
    "192.0.2.1, 192.0.2.2, false",
    "192.0.2.1, ::ffff:192.0.2.1, true"
  })
  void anIpv6AddressCountsByItsNetwork(String one, String other, boolean same) {
    for (int i = 0; i < 10; i++) {
      failTimes(1, "name" + i, one, NOW);
    }
    assertThat(fail("anna", one, NOW)).isPresent();
    assertThat(fail("anna", other, NOW).isPresent()).isEqualTo(same);
  }

  @Test
  void asManyTriesAtOnceAsYouLikeAreNoWayAround() throws InterruptedException {
    Callable<Optional<Duration>> attempt = () -> fail("anna", HERE, NOW);
    try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Optional<Duration>>> tries = pool.invokeAll(Collections.nCopies(200, attempt));
      assertThat(tries.stream().filter(one -> of(one).isEmpty()).count()).isEqualTo(3);
    }
  }

  private static <T> T of(Future<T> future) {
    try {
      return future.get();
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  @Requirement({"A1-48"})
  void aFloodOfNamesDoesNotMakeItForgetTheOneUnderAttack() {
    LoginConfig config = new LoginConfig(Optional.empty(), 3, Optional.empty(), WINDOW);
    LoginThrottle small = new LoginThrottle(config, new SecureRandom(), 100);
    IntStream.range(0, 60).forEach(i -> small.begin("somebody" + i, HERE, NOW));
    for (int i = 0; i < 3; i++) {
      assertThat(small.begin("anna", HERE, NOW)).isEmpty();
    }
    for (int i = 0; i < 10_000; i++) {
      small.begin("flood" + i, HERE, NOW);
      if (i % 100 == 0) {
        assertThat(small.begin("anna", HERE, NOW)).as("after %s", i).isPresent();
      }
    }
    assertThat(small.begin("anna", HERE, NOW)).isPresent();
  }
}
