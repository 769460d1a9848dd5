package dev.countersign.server;

import dev.countersign.server.kit.TestServer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** One server for all tests of a class; its clock only ever goes forward. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class EndpointTest {
  protected TestServer server;

  @BeforeAll
  void start(@TempDir Path folder) {
    server = new TestServer(folder, this::configuration);
  }

  @AfterAll
  void stop() {
    server.close();
  }

  /** The configuration, changed where a class needs it. */
  protected String configuration(String yaml) {
    return yaml;
  }
}
