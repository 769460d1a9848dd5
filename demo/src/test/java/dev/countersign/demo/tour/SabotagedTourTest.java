package dev.countersign.demo.tour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.demo.story.MessageKind;
import dev.countersign.demo.story.Observation;
import dev.countersign.demo.story.Observations;
import dev.countersign.demo.story.Sight;
import dev.countersign.edge.PortBusyException;
import dev.countersign.protocol.jose.Jose;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SabotagedTourTest {

  @Test
  void failsWhenSomethingIsNotSeenThatMustBe() throws Exception {
    Observation impossible = Observation.of("PAR-5", "the server answers by a song", _ -> false);
    Recorded tour =
        Recorded.run(Observations.standard().with(MessageKind.PUSH_CHALLENGED, impossible));
    assertThat(tour.summary().passed()).isFalse();
    assertThat(tour.summary().failure())
        .contains("message 2 (push challenged) misses PAR-5: the server answers by a song");
    assertThat(tour.text())
        .contains("MISSES", "FAILED: ")
        .doesNotContain("Passed")
        .doesNotContain("2. The person");
    assertThat(tour.text().lines()).allMatch(line -> line.length() <= 80);
    assertThat(tour.summary().attacksRefused()).isZero();
  }

  @Test
  void neverCountsAMissAsMet() throws Exception {
    Observation impossible = Observation.of("CA-1", "never seen", _ -> false);
    Recorded tour = Recorded.run(Observations.standard().with(MessageKind.METADATA, impossible));
    TourLine.Message first = tour.messages().getFirst();
    assertThat(first.misses()).extracting(Sight::what).containsExactly("never seen");
    assertThat(first.meets()).extracting(Sight::what).doesNotContain("never seen");
  }

  @Test
  void saysPlainlyThatAPortIsBusy() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      List<TourLine> told = new ArrayList<>();
      Tour tour = new Tour(new Tour.Settings(0, port, Jose.jdk()));
      assertThatThrownBy(() -> tour.run(told::add))
          .isInstanceOf(PortBusyException.class)
          .hasMessage(
              "Cannot listen on 127.0.0.1:%d: the port is in use by another program.", port);
      assertThat(told).isEmpty();
    }
  }
}
