package dev.countersign.resource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.oauth.SecretDigest;
import dev.countersign.requirement.Requirement;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

@Requirement("IN-4")
class StatusCacheTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Instant EXP = NOW.plusSeconds(300);

  private final StatusCache cache = new StatusCache(Duration.ofSeconds(5));

  private static SecretDigest token(int number) {
    return SecretDigest.of("token-" + number);
  }

  @Test
  void remembersYesAndNo() {
    cache.keep(token(1), true, NOW, EXP);
    cache.keep(token(2), false, NOW, EXP);
    assertThat(cache.find(token(1), NOW)).contains(true);
    assertThat(cache.find(token(2), NOW)).contains(false);
    assertThat(cache.find(token(3), NOW)).isEmpty();
  }

  @Test
  void knowsNothingOfATimeBeforeTheQuestion() {
    cache.keep(token(1), true, NOW, EXP);
    assertThat(cache.find(token(1), NOW.minusNanos(1))).isEmpty();
  }

  @Test
  void takesTheLatestAnswer() {
    cache.keep(token(1), true, NOW, EXP);
    cache.keep(token(1), false, NOW.plusSeconds(1), EXP);
    assertThat(cache.find(token(1), NOW.plusSeconds(1))).contains(false);
    // An answer that was slow on its way is not the latest.
    cache.keep(token(1), true, NOW, EXP);
    assertThat(cache.find(token(1), NOW.plusSeconds(1))).contains(false);
  }

  @Test
  void forgetsTheOldestWhenItIsFull() {
    for (int i = 0; i <= 10_000; i++) {
      cache.keep(token(i), true, NOW, EXP);
    }
    assertThat(cache.find(token(0), NOW)).isEmpty();
    assertThat(cache.find(token(1), NOW)).contains(true);
    assertThat(cache.find(token(10_000), NOW)).contains(true);
  }
}
