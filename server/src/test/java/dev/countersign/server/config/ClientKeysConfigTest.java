package dev.countersign.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.countersign.remote.Freshness;
import dev.countersign.testkit.TestTls;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the keys are fetched that clients publish. */
class ClientKeysConfigTest {
  @TempDir private Path folder;

  @BeforeEach
  void files() {
    TestTls.LOCALHOST.write(folder);
  }

  private ClientsConfig read(String more) throws ConfigException {
    return ConfigFile.parse("countersign.yaml", ConfigSamples.LEAST + more, folder).registration();
  }

  @Test
  void everyKeyOfFetchingHasItsEffect() throws Exception {
    assertThat(read("").reload()).contains(Duration.ofSeconds(10));
    assertThat(read("").keys()).isEqualTo(KeyFetchConfig.STANDARD);
    ClientsConfig config =
        read(
            "client_keys: {fresh_for: 1h, min_refetch: 10s, max_stale: 2h, timeout: 3s,"
                + " allow_private_addresses: true, trusted_ca: server.pem}\n"
                + "clients_reload: none\n");
    assertThat(config.reload()).isEmpty();
    assertThat(config.keys().freshness())
        .isEqualTo(new Freshness(Duration.ofHours(1), Duration.ofSeconds(10), Duration.ofHours(2)));
    assertThat(config.keys().timeout()).isEqualTo(Duration.ofSeconds(3));
    assertThat(config.keys().allowPrivateAddresses()).isTrue();
    assertThat(config.keys().authorities()).containsExactly(TestTls.LOCALHOST.certificate());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "fresh_for: 25h                    | at most 1d",
        "min_refetch: 2h                   | at most 1h",
        "max_stale: 8d                     | at most 7d",
        "max_stale: 9m                     | must be at least fresh_for",
        "timeout: 31s                      | at most 30s",
        "allow_private_addresses: maybe    | must be true or false",
        "trusted_ca: none.pem              | no readable file",
        "trusted_ca: empty.pem             | no certificate"
      })
  void refusesAnyOther(String line, String fault) throws Exception {
    Files.writeString(folder.resolve("empty.pem"), "");
    ConfigException e =
        catchThrowableOfType(ConfigException.class, () -> read("client_keys: {" + line + "}\n"));
    assertThat(e.problems()).singleElement().asString().contains(fault);
  }
}
