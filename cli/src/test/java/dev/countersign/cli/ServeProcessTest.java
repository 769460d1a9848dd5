package dev.countersign.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.json.JsonObject;
import java.io.BufferedReader;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The real process and a real SIGTERM, read as a program would read it. */
@Timeout(120)
class ServeProcessTest {
  @TempDir private Path folder;

  @Test
  void letsARequestEndAfterSigtermAndWritesNothingButJson() throws Exception {
    ExampleFolder example =
        ExampleFolder.in(folder)
            .with("port: 8443", "port: 0")
            .with("lifetimes:\n", "log: {format: json}\nmanagement: {port: 0}\nlifetimes:\n");
    Process process = start(example);
    try (BufferedReader lines = process.inputReader()) {
      JsonObject serving = JsonObject.parse(lines.readLine());
      while (!serving.string("message").equals(Optional.of("serving"))) {
        serving = JsonObject.parse(lines.readLine());
      }
      int port = URI.create(serving.string("listens_on").orElseThrow()).getPort();
      String management = serving.string("management").orElseThrow();
      assertThat(Probe.get(management + "/readyz").orElseThrow()).startsWith("200 ");
      try (Probe.HalfRequest request = Probe.HalfRequest.begin(example.trust(), port)) {
        // The process itself would close the stream that is still to be read.
        process.toHandle().destroy();
        while (Probe.connects(example.trust(), port)) {
          Thread.onSpinWait();
        }
        assertThat(Probe.get(management + "/readyz").orElseThrow())
            .startsWith("503 ")
            .contains("draining");
        assertThat(request.end()).startsWith("HTTP/1.1 401 ").contains("Connection: close\r\n");
      }
      List<String> rest = lines.lines().toList();
      assertThat(process.waitFor()).isEqualTo(128 + 15);
      for (String line : rest) {
        assertThat(JsonObject.parse(line).string("timestamp")).isPresent();
      }
      assertThat(rest).anyMatch(line -> line.contains("\"endpoint\":\"token\""));
      assertThat(rest.getLast()).contains("\"message\":\"stopped\"");
    }
  }

  private static Process start(ExampleFolder example) throws Exception {
    return new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "serve",
                "--config",
                example.config().toString()))
        .redirectErrorStream(true)
        .start();
  }
}
