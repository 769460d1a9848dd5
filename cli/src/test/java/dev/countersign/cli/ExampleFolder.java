package dev.countersign.cli;

import dev.countersign.testkit.TestTls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;

/** The example configuration in a folder of its own, with a certificate and key of its own. */
final class ExampleFolder {
  private static final Path EXAMPLE =
      Path.of(System.getProperty("countersign.root"), "docs", "examples", "countersign.yaml");

  private final Path folder;

  private final TestTls tls = TestTls.forHost("localhost", "127.0.0.1");

  private ExampleFolder(Path folder) {
    this.folder = folder;
  }

  static ExampleFolder in(Path folder) throws IOException {
    Files.writeString(folder.resolve("countersign.yaml"), Files.readString(EXAMPLE));
    ExampleFolder example = new ExampleFolder(folder);
    example.tls.write(folder);
    return example;
  }

  Path config() {
    return folder.resolve("countersign.yaml");
  }

  /** Changes a line of the configuration. */
  ExampleFolder with(String line, String other) throws IOException {
    String text = Files.readString(config());
    if (!text.contains(line)) {
      throw new IllegalArgumentException("the example has no " + line);
    }
    Files.writeString(config(), text.replace(line, other));
    return this;
  }

  /** The number of the line that holds this text. */
  int lineOf(String text) throws IOException {
    return Files.readAllLines(config()).stream()
            .map(line -> line.contains(text))
            .toList()
            .indexOf(true)
        + 1;
  }

  SSLContext trust() {
    return tls.trust();
  }
}
