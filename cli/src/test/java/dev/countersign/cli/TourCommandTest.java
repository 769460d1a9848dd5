package dev.countersign.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.json.JsonObject;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TourCommandTest {

  @ParameterizedTest
  @ValueSource(strings = {"jdk", "auto"})
  void goesFromEndToEndWithEitherProvider(String crypto) {
    Ran tour = Ran.command("tour", "--crypto=" + crypto);
    assertThat(tour.err()).isEmpty();
    assertThat(tour.exitCode()).isZero();
    assertThat(tour.out()).contains("Passed: ", "5 attacks refused");
    assertThat(tour.out()).doesNotContain("\u001b");
  }

  @Test
  void goesFromEndToEndWithEveryMessageSigned() {
    Ran tour = Ran.command("tour", "--message-signing", "--crypto=jdk");
    assertThat(tour.err()).isEmpty();
    assertThat(tour.exitCode()).isZero();
    assertThat(tour.out())
        .contains("every message signed", "signed     HTTP answer, ES256 by the bank", "Passed: ")
        .contains("8 attacks refused");
  }

  @Test
  void printsNothingButJsonForPrograms() throws Exception {
    Ran tour = Ran.command("tour", "--json", "--crypto=jdk");
    assertThat(tour.exitCode()).isZero();
    List<String> lines = tour.out().lines().toList();
    for (String line : lines) {
      assertThat(JsonObject.parse(line).string("type")).isPresent();
    }
    assertThat(JsonObject.parse(lines.getLast()).bool("passed")).contains(true);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--as-port", "--api-port"})
  void saysInOneSentenceThatAPortIsBusy(String option) throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = String.valueOf(taken.getLocalPort());
      Ran tour = Ran.command("tour", option, port, "--crypto=jdk");
      assertThat(tour.exitCode()).isEqualTo(69);
      assertThat(tour.err().lines()).hasSize(1);
      assertThat(tour.err()).contains(port, "in use");
      assertThat(tour.out()).isEmpty();
    }
  }
}
