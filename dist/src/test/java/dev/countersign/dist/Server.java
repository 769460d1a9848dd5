package dev.countersign.dist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.dist.Installed.Ran;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.remote.StrictTls;
import dev.countersign.testkit.TestTls;
import java.io.BufferedReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code countersign serve} with the example configuration of the download, on a free port. */
final class Server {
  private static final Pattern PORT = Pattern.compile("https://127\\.0\\.0\\.1:(\\d+)");

  private final Installed installed;
  private final TestTls tls;
  private final Process process;
  private final BufferedReader lines;
  private final int port;

  private Server(Installed installed, TestTls tls, Process process) throws Exception {
    this.installed = installed;
    this.tls = tls;
    this.process = process;
    this.lines = process.inputReader();
    this.port = awaitPort();
  }

  /** Starts it and waits until it says where it listens. */
  static Server start(Installed installed, Path folder, Map<String, String> variables)
      throws Exception {
    TestTls tls = TestTls.forHost("localhost", "127.0.0.1");
    Path config = Files.createDirectories(folder).resolve("countersign.yaml");
    String example = Files.readString(installed.home().resolve("docs/examples/countersign.yaml"));
    assertThat(example).contains("port: 8443");
    Files.writeString(config, example.replace("port: 8443", "port: 0"));
    tls.write(folder);
    return new Server(
        installed,
        tls,
        installed.start(variables, installed.launcher(), "serve", "--config", config.toString()));
  }

  private int awaitPort() throws Exception {
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      Matcher found = PORT.matcher(line);
      if (line.contains("listens on") && found.find()) {
        return Integer.parseInt(found.group(1));
      }
    }
    throw new AssertionError("it did not start: " + installed.finished(process));
  }

  Process process() {
    return process;
  }

  /** Its metadata, over HTTPS. */
  JsonObject metadata() throws Exception {
    try (HttpClient http = StrictTls.httpClient(tls.trust(), Duration.ofSeconds(5))) {
      URI url = URI.create("https://127.0.0.1:" + port + "/.well-known/oauth-authorization-server");
      HttpResponse<String> answer =
          http.send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(200);
      return JsonObject.parse(answer.body());
    }
  }

  /** Sends SIGTERM and waits for the end. */
  Ran stop() throws Exception {
    // The process itself would close the stream that is still to be read.
    process.toHandle().destroy();
    List<String> rest = lines.lines().toList();
    Ran ran = installed.finished(process);
    return new Ran(ran.exitCode(), String.join("\n", rest), ran.err());
  }
}
