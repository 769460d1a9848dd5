package dev.countersign.demo.attacked;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class FreePortsTest {
  @Test
  void findsDifferentPortsThatNoCallerIsGiven() {
    List<Integer> found = FreePorts.find(50, new Random(1));

    assertThat(found).hasSize(50).doesNotHaveDuplicates();
    assertThat(found).allSatisfy(port -> assertThat(port).isBetween(10_240, 32_767));
  }

  @Test
  void leavesOutOneThatIsListenedOn() throws IOException {
    int busy = FreePorts.find(1, new Random(2)).getFirst();
    try (ServerSocket _ = new ServerSocket(busy, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      assertThat(FreePorts.find(1, new Random(2))).isNotEqualTo(List.of(busy)).hasSize(1);
    }
    assertThat(FreePorts.find(1, new Random(2))).containsExactly(busy);
  }

  @Test
  void givesUpWhereNothingIsFree() throws IOException {
    int busy = FreePorts.find(1, new Random(3)).getFirst();
    RandomGenerator one = always(busy);
    try (ServerSocket _ = new ServerSocket(busy, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      assertThatThrownBy(() -> FreePorts.find(1, one)).hasMessageContaining("no free ports");
    }
  }

  private static RandomGenerator always(int port) {
    return new RandomGenerator() {
      @Override
      public long nextLong() {
        return port;
      }

      @Override
      public int nextInt(int first, int beyond) {
        return port;
      }
    };
  }
}
