package dev.countersign.dist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.dist.Installed.Ran;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServeIT {
  @TempDir private Path folder;

  @Test
  void answersOverHttpsAndStopsInOrderOnSigterm() throws Exception {
    Download.assumeMade();
    Installed installed = Installed.in(folder);
    Server server = Server.start(installed, folder.resolve("config"), installed.environment());
    assertThat(server.metadata().string("issuer")).contains("https://auth.example.com");
    Ran stopped = server.stop();
    assertThat(stopped.exitCode()).isEqualTo(128 + 15);
    assertThat(stopped.out()).contains("stopped").doesNotContain("Exception", "[warning]");
    assertThat(stopped.err()).isEmpty();
  }
}
