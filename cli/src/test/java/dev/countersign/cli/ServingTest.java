package dev.countersign.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ch.qos.logback.classic.Level;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.server.config.ConfigFile;
import dev.countersign.testkit.CapturedLog;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A serving process and its management port. */
@Timeout(60)
class ServingTest {
  @TempDir private Path folder;

  private ExampleFolder example;

  @BeforeEach
  void prepare() throws Exception {
    example = ExampleFolder.in(folder).with("port: 8443", "port: 0");
  }

  private Serving start(String management) throws Exception {
    example.with("lifetimes:\n", "management: " + management + "\nlifetimes:\n");
    return Serving.start(example.config(), ConfigFile.read(example.config()), Jose.jdk());
  }

  private static String management(Serving serving) {
    return serving.summary().getOrDefault("management", "none");
  }

  @Test
  void hasNoManagementPortUnlessTold() throws Exception {
    try (Serving serving = start("{}")) {
      assertThat(management(serving)).isEqualTo("none");
    }
  }

  @Test
  void isReadyWhenItServes() throws Exception {
    try (Serving serving = start("{port: 0}")) {
      assertThat(Probe.get(management(serving) + "/readyz")).contains("200 {\"status\":\"ready\"}");
    }
  }

  @Test
  void saysWhereItListensAsAUrlAlsoByAnIpv6Address() throws Exception {
    try (ServerSocket _ = new ServerSocket(0, 1, InetAddress.ofLiteral("::1"))) {
      example.with("host: 127.0.0.1", "host: '::1'");
    } catch (IOException e) {
      assumeTrue(false, "this machine has no IPv6");
    }
    try (Serving serving = start("{host: '::1', port: 0}")) {
      assertThat(serving.summary().get("listens on")).isEqualTo("https://[::1]:" + serving.port());
      assertThat(Probe.get(management(serving) + "/livez").orElseThrow()).startsWith("200 ");
    }
  }

  @Test
  void saysWhereTheSecondListenerIsAndDrainsItToo() throws Exception {
    example.with("lifetimes:\n", "mtls: {url: 'https://localhost:9443', port: 0}\nlifetimes:\n");
    try (Serving serving = start("{}")) {
      String where = serving.summary().getOrDefault("mtls", "");
      assertThat(where)
          .startsWith("https://127.0.0.1:")
          .endsWith(", known as https://localhost:9443");
      int port = Integer.parseInt(where.replaceAll(".*127.0.0.1:(\\d+),.*", "$1"));
      assertThat(port).isNotEqualTo(serving.port());
      try (Probe.HalfRequest request = Probe.HalfRequest.begin(example.trust(), port)) {
        CompletableFuture<Void> closing = CompletableFuture.runAsync(serving::close);
        assertThat(request.answer()).startsWith("HTTP/1.1 401 ");
        closing.get(30, TimeUnit.SECONDS);
      }
    }
  }

  @Test
  void letsARequestEndWhenItStopsAndSaysThatItIsNotReady() throws Exception {
    Serving serving = start("{port: 0}");
    String management = management(serving);
    try (Probe.HalfRequest request = Probe.HalfRequest.begin(example.trust(), serving.port())) {
      CompletableFuture<Void> closing = CompletableFuture.runAsync(serving::close);
      Optional<String> ready = Probe.get(management + "/readyz");
      while (ready.orElse("").startsWith("200 ")) {
        ready = Probe.get(management + "/readyz");
      }
      assertThat(ready).contains("503 {\"status\":\"not ready\",\"failed\":\"draining\"}");
      while (Probe.connects(example.trust(), serving.port())) {
        Thread.onSpinWait();
      }
      assertThat(Probe.get(management + "/livez").orElseThrow()).startsWith("200 ");
      assertThat(closing).isNotDone();
      assertThat(request.end())
          .startsWith("HTTP/1.1 401 ")
          .contains("Connection: close\r\n", "invalid_client");
      closing.get(20, TimeUnit.SECONDS);
    }
    assertThat(Probe.get(management + "/livez")).isEmpty();
  }

  @Test
  void answersEverybodyUntilTheBalancerHadItsTime() throws Exception {
    Serving serving = start("{port: 0, drain_delay: 1s}");
    String management = management(serving);
    CompletableFuture<Void> closing = CompletableFuture.runAsync(serving::close);
    while (Probe.get(management + "/readyz").orElse("").startsWith("200 ")) {
      Thread.onSpinWait();
    }
    assertThat(Probe.connects(example.trust(), serving.port())).isTrue();
    closing.get(20, TimeUnit.SECONDS);
    assertThat(Probe.connects(example.trust(), serving.port())).isFalse();
  }

  @Test
  void warnsOfAManagementPortThatOthersReach() throws Exception {
    try (CapturedLog log = CapturedLog.aside(Management.class.getName(), Level.WARN)) {
      try (Serving _ = start("{host: 0.0.0.0, port: 0}")) {
        assertThat(log.text()).contains("0.0.0.0 is not a loopback address");
      }
    }
  }

  @Test
  void saysInOneSentenceThatTheManagementPortIsBusyAndHoldsNothing() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> start("{port: " + taken.getLocalPort() + "}"))
          .isInstanceOf(CommandFailure.class)
          .hasMessageContaining("127.0.0.1:" + taken.getLocalPort())
          .hasMessageContaining("in use");
    }
    try (Serving serving =
        Serving.start(example.config(), ConfigFile.read(example.config()), Jose.jdk())) {
      assertThat(serving.port()).isPositive();
    }
  }
}
