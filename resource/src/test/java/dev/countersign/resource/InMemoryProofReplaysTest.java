package dev.countersign.resource;

import static dev.countersign.resource.Scene.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.protocol.jose.Thumbprint;
import dev.countersign.protocol.oauth.Jti;
import dev.countersign.requirement.Requirement;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@Requirement({"DP-15", "SP-6.2"})
class InMemoryProofReplaysTest {
  private static final Thumbprint ONE = Scene.CLIENT_KEY.thumbprint();
  private static final Thumbprint OTHER = Scene.OTHER_KEY.thumbprint();
  private static final Jti JTI = new Jti("proof-1");
  private static final Instant UNTIL = NOW.plusSeconds(60);

  @Test
  void takesAProofOnce() {
    InMemoryProofReplays replays = new InMemoryProofReplays(NOW);
    assertThat(replays.useOnce(ONE, JTI, UNTIL, NOW)).isTrue();
    assertThat(replays.useOnce(ONE, JTI, UNTIL, NOW)).isFalse();
  }

  @Test
  void letsNobodyUseUpTheJtiOfAnotherKey() {
    InMemoryProofReplays replays = new InMemoryProofReplays(NOW);
    assertThat(replays.useOnce(OTHER, JTI, UNTIL, NOW)).isTrue();
    assertThat(replays.useOnce(ONE, JTI, UNTIL, NOW)).isTrue();
  }

  @Test
  void remembersAProofToItsLastInstantAndForgetsItAfterwards() {
    InMemoryProofReplays replays = new InMemoryProofReplays(NOW, 1);
    assertThat(replays.useOnce(ONE, JTI, UNTIL, NOW)).isTrue();
    assertThat(replays.useOnce(ONE, JTI, UNTIL, UNTIL)).isFalse();
    assertThatThrownBy(() -> replays.useOnce(OTHER, JTI, UNTIL, UNTIL))
        .isInstanceOf(ProofReplaysUnavailableException.class);
    assertThat(replays.useOnce(OTHER, JTI, UNTIL.plusSeconds(60), UNTIL.plusNanos(1))).isTrue();
  }

  @Test
  void letsExactlyOneOfManyRacersThrough() throws Exception {
    InMemoryProofReplays replays = new InMemoryProofReplays(NOW);
    Callable<Boolean> racer = () -> replays.useOnce(ONE, JTI, UNTIL, NOW);
    long winners = 0;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Boolean>> racers = Stream.generate(() -> racer).limit(64).toList();
      for (Future<Boolean> result : threads.invokeAll(racers)) {
        winners += result.get() ? 1 : 0;
      }
    }
    assertThat(winners).isEqualTo(1);
  }

  @Test
  void doesNotTakeAUsedProofFromASlowCallerAfterAQuickOneMadeItForgetIt() {
    InMemoryProofReplays replays = new InMemoryProofReplays(NOW);
    assertThat(replays.useOnce(ONE, JTI, UNTIL, NOW)).isTrue();
    assertThat(replays.useOnce(OTHER, JTI, UNTIL.plusSeconds(9), UNTIL.plusNanos(1))).isTrue();
    assertThat(replays.useOnce(ONE, JTI, UNTIL, UNTIL)).isFalse();
  }

  @Test
  void refusesToHoldNothing() {
    assertThatThrownBy(() -> new InMemoryProofReplays(NOW, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
