package dev.countersign.attacker.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.testkit.ScriptedServer;
import dev.countersign.testkit.ScriptedServer.Received;
import dev.countersign.testkit.ScriptedServer.Reply;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What must be sent at the same moment is, at any pace. */
class BurstTest {
  private static final int CALLS = 20;

  private ScriptedServer server;
  private URI url;

  @BeforeEach
  void start() {
    server = new ScriptedServer();
    server.on("/", _ -> Reply.text(204, ""));
    url = server.uri("/");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static Answer get(Wire wire, URI to) throws IOException {
    return wire.line(_ -> {})
        .send(new Outgoing(Move.OTHER, "GET", to, List.of(), new byte[0], Optional.empty()));
  }

  /** Answers 204 to whom the others join in time. */
  private static Reply together(CyclicBarrier barrier) {
    try {
      barrier.await(10, TimeUnit.SECONDS);
      return Reply.text(204, "");
    } catch (BrokenBarrierException | TimeoutException e) {
      return Reply.text(409, "");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Reply.text(500, "");
    }
  }

  @Test
  void allAreThereBeforeOneIsAnsweredAtOneRequestASecond() throws IOException {
    CyclicBarrier barrier = new CyclicBarrier(CALLS);
    server.on("/", (Received _) -> together(barrier));
    try (Wire wire = Targets.allowing(url).pace(1, 100).wire()) {
      Callable<Answer> call = () -> get(wire, url);

      assertThat(wire.atOnce(Collections.nCopies(CALLS, call)))
          .hasSize(CALLS)
          .allSatisfy(answer -> assertThat(answer.status()).isEqualTo(204));
      assertThat(wire.sent()).isEqualTo(CALLS);
    }
  }

  @Test
  void thePaceIsMadeUpForAfterwards() throws IOException {
    try (Wire wire = Targets.allowing(url).pace(10, 100).wire()) {
      Callable<Answer> call = () -> get(wire, url);
      long began = System.nanoTime();
      wire.atOnce(Collections.nCopies(5, call));
      get(wire, url);

      assertThat(Duration.ofNanos(System.nanoTime() - began))
          .isGreaterThanOrEqualTo(Duration.ofMillis(500));
    }
  }

  @Test
  void aSecondRequestOfACallKeepsToThePace() throws IOException {
    try (Wire wire = Targets.allowing(url).pace(10, 100).wire()) {
      long began = System.nanoTime();
      wire.atOnce(
          List.of(
              () -> get(wire, url),
              () -> {
                get(wire, url);
                return get(wire, url);
              }));

      assertThat(Duration.ofNanos(System.nanoTime() - began))
          .isGreaterThanOrEqualTo(Duration.ofMillis(200));
      assertThat(wire.sent()).isEqualTo(3);
    }
  }

  @Test
  void nothingIsSentOfMoreThanTheBound() {
    try (Wire wire = Targets.allowing(url).pace(1000, 2).wire()) {
      Callable<Answer> call = () -> get(wire, url);

      assertThatThrownBy(() -> wire.atOnce(Collections.nCopies(3, call)))
          .isInstanceOf(OutOfBoundsException.class);
    }
    assertThat(server.received()).isEmpty();
  }

  @Test
  void nobodyWaitsForACallThatSendsNothing() throws IOException {
    try (Wire wire = Targets.allowing(url).wire()) {
      assertThat(wire.atOnce(List.of(() -> get(wire, url).status(), () -> 0)))
          .containsExactly(204, 0);
      assertThat(wire.sent()).isOne();
    }
  }

  @Test
  void aCallToAHostThatIsNotAllowedIsRefused() {
    try (Wire wire = Targets.allowing(url).wire()) {
      URI elsewhere = URI.create("https://localhost:1/");

      assertThatThrownBy(
              () -> wire.atOnce(List.of(() -> get(wire, url), () -> get(wire, elsewhere))))
          .isInstanceOf(OutOfBoundsException.class)
          .hasMessageContaining("localhost:1");
    }
  }
}
