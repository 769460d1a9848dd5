package dev.countersign.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.core.ConsoleAppender;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.remote.StrictTls;
import dev.countersign.requirement.Requirement;
import dev.countersign.server.config.Config;
import dev.countersign.server.config.ConfigFile;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class ServeCommandTest {
  @TempDir private Path folder;

  private ExampleFolder example;

  @BeforeEach
  void prepare() throws Exception {
    example = ExampleFolder.in(folder);
  }

  @Test
  void readsTheExampleOfTheDocumentation() throws Exception {
    Config config = ConfigFile.read(example.config());
    assertThat(config.issuer().value()).isEqualTo("https://auth.example.com");
    assertThat(config.clients()).hasSize(1);
    assertThat(config.users()).hasSize(1);
  }

  @Test
  @Requirement({"SP-5.3.2.1-1"})
  void answersMetadataAndSaysWhereItIs() throws Exception {
    example.with("port: 8443", "port: 0");
    Config config = ConfigFile.read(example.config());
    try (Serving serving = Serving.start(example.config(), config, Jose.jdk())) {
      JsonObject metadata = metadata(serving.port());
      assertThat(metadata.string("issuer")).contains("https://auth.example.com");
      assertThat(String.join("\n", serving.summary().values()))
          .contains(
              "https://127.0.0.1:" + serving.port(),
              "https://auth.example.com/.well-known/openid-configuration",
              folder.resolve("countersign.db").toString(),
              "JDK");
    }
    assertThat(folder.resolve("countersign.db")).isRegularFile();
  }

  @Test
  void namesFileLineAndKeyOfEveryFaultInTheConfiguration() throws Exception {
    example
        .with("authorization_code: 60s", "authorization_code: 61s")
        .with("  session: 8h", "  sesion: 8h");
    Ran serve = Ran.command("serve", "--config", example.config().toString(), "--crypto=jdk");
    assertThat(serve.exitCode()).isEqualTo(2);
    assertThat(serve.out()).isEmpty();
    assertThat(serve.err())
        .contains(
            "countersign.yaml:" + example.lineOf("61s") + ": lifetimes.authorization_code: ",
            "countersign.yaml:" + example.lineOf("sesion") + ": lifetimes.sesion: ",
            "for example: ")
        .doesNotContain("Exception");
    assertThat(folder.resolve("countersign.db")).doesNotExist();
  }

  @Test
  void saysThatThereIsNoConfiguration() {
    Ran serve = Ran.command("serve", "--config", folder.resolve("none.yaml").toString());
    assertThat(serve.exitCode()).isEqualTo(2);
    assertThat(serve.err()).contains("none.yaml", "cannot be read").doesNotContain("Exception");
    assertThat(Ran.command("serve").err()).contains("--config");
    assertThat(Ran.command("serve").exitCode()).isEqualTo(2);
  }

  @Test
  void saysInOneSentenceThatThePortIsBusy() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      example.with("port: 8443", "port: " + taken.getLocalPort());
      Ran serve = Ran.command("serve", "--config", example.config().toString(), "--crypto=jdk");
      assertThat(serve.exitCode()).isEqualTo(69);
      assertThat(serve.err().lines()).hasSize(1);
      assertThat(serve.err()).contains(String.valueOf(taken.getLocalPort()), "in use");
    }
  }

  @Test
  void theCommandLineHasTheLastWordOnTheFormOfTheLog() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      example.with("port: 8443", "port: " + taken.getLocalPort());
      String file = example.config().toString();
      Ran json = Ran.command("serve", "--config", file, "--crypto=jdk", "--log-format=json");
      assertThat(json.exitCode()).isEqualTo(69);
      assertThat(formOfTheLog()).isInstanceOf(JsonLines.class);
      Ran.command("serve", "--config", file, "--crypto=jdk");
      assertThat(formOfTheLog()).isInstanceOf(TextLines.class);
      Ran other = Ran.command("serve", "--config", file, "--log-format=xml");
      assertThat(other.exitCode()).isEqualTo(2);
      assertThat(other.err()).contains("--log-format", "xml");
    }
  }

  private static Object formOfTheLog() {
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    return ((ConsoleAppender<?>) root.getAppender("out")).getEncoder();
  }

  @Test
  void saysThatTheStoreIsInUse() throws Exception {
    example.with("port: 8443", "port: 0");
    Config config = ConfigFile.read(example.config());
    try (Serving _ = Serving.start(example.config(), config, Jose.jdk())) {
      Ran second = Ran.command("serve", "--config", example.config().toString(), "--crypto=jdk");
      assertThat(second.exitCode()).isEqualTo(69);
      assertThat(second.err().lines()).hasSize(1);
      assertThat(second.err()).contains("countersign.db");
    }
  }

  @Test
  void saysThatTheKeyDoesNotFitTheCertificate(@TempDir Path other) throws Exception {
    ExampleFolder stranger = ExampleFolder.in(other);
    Files.copy(
        stranger.config().resolveSibling("server-key.pem"), folder.resolve("stranger-key.pem"));
    example.with("key: server-key.pem", "key: stranger-key.pem");
    Ran serve = Ran.command("serve", "--config", example.config().toString(), "--crypto=jdk");
    assertThat(serve.exitCode()).isEqualTo(2);
    assertThat(serve.err()).contains("tls: ").doesNotContain("Exception");
  }

  @Test
  void stopsInOrderWhenAskedTo() throws Exception {
    example.with("port: 8443", "port: 0");
    Process process =
        new ProcessBuilder(
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
    try (var lines = process.inputReader()) {
      String line = lines.readLine();
      while (line != null && !line.startsWith("  crypto ")) {
        line = lines.readLine();
      }
      assertThat(line).as("the server's summary").isNotNull();
      // The process itself would close the stream that is still to be read.
      process.toHandle().destroy();
      List<String> rest = lines.lines().toList();
      assertThat(process.waitFor()).isEqualTo(128 + 15);
      assertThat(rest).anyMatch(last -> last.contains("stopped"));
      assertThat(rest).noneMatch(last -> last.contains("Exception"));
    }
  }

  private JsonObject metadata(int port) throws Exception {
    try (HttpClient http = StrictTls.httpClient(example.trust(), Duration.ofSeconds(5))) {
      URI url = URI.create("https://127.0.0.1:" + port + "/.well-known/oauth-authorization-server");
      HttpResponse<String> answer =
          http.send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(200);
      return JsonObject.parse(answer.body());
    }
  }
}
