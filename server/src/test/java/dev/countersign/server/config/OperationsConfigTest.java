package dev.countersign.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.requirement.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OperationsConfigTest {
  private static final String LEAST =
      """
      issuer: https://auth.example.com
      tls: {certificate: server.pem, key: server-key.pem}
      resources: [{indicator: 'https://api.example.com'}]
      """;

  @TempDir private Path folder;

  @BeforeEach
  void prepare() throws Exception {
    Files.writeString(folder.resolve("server.pem"), "");
    Files.writeString(folder.resolve("server-key.pem"), "");
  }

  private Config read(String more) throws ConfigException {
    return ConfigFile.parse("countersign.yaml", LEAST + more, folder);
  }

  @Test
  void writesTextAndListensNowhereUnlessTold() throws Exception {
    assertThat(read("").log()).isEqualTo(LogConfig.STANDARD);
    assertThat(read("").management()).isEqualTo(ManagementConfig.STANDARD);
    assertThat(LogConfig.STANDARD.format()).isEqualTo(LogFormat.TEXT);
    assertThat(read("management: {host: 127.0.0.2}").management().listen()).isEmpty();
  }

  @Test
  void readsAllThatCanBeSaid() throws Exception {
    Config config =
        read(
            "log: {format: json, signed_requests: kept.jsonl}\n"
                + "management: {host: '::1', port: 0, drain_delay: 5m}");
    assertThat(config.log())
        .isEqualTo(new LogConfig(LogFormat.JSON, Optional.of(folder.resolve("kept.jsonl"))));
    assertThat(config.management())
        .isEqualTo(
            new ManagementConfig(Optional.of(new ListenAddress("::1", 0)), Duration.ofMinutes(5)));
    assertThat(read("management: {port: 9000}").management().listen())
        .contains(new ListenAddress("127.0.0.1", 9000));
    assertThat(read("management: {drain_delay: 0s}").management().drainDelay())
        .isEqualTo(Duration.ZERO);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "management: {host: 127.0.0.2, port: 8443}",
        "listen: {port: 0}\nmanagement: {port: 0}",
        "listen: {host: 0.0.0.0}\nmanagement: {port: 8444}"
      })
  void takesPortsThatDoNotMeet(String yaml) throws Exception {
    assertThat(read(yaml).management().listen()).isPresent();
  }

  @Test
  void givesAnExampleThatDoesNotMeetTheStandardPort() throws Exception {
    ConfigKey port =
        ConfigKeys.describe().all().stream()
            .filter(key -> key.path().equals("management.port"))
            .findFirst()
            .orElseThrow();
    assertThat(read("management: {port: " + port.example() + "}").management().listen())
        .isPresent();
  }

  @Test
  @Requirement("MS-7")
  void keepsSignedRequestsWhereOthersCannotReadThem() throws Exception {
    Path kept = Files.writeString(folder.resolve("kept.jsonl"), "");
    for (String open : List.of("rw-r-----", "rw----r--", "rw--w----")) {
      Files.setPosixFilePermissions(kept, PosixFilePermissions.fromString(open));
      assertThatThrownBy(() -> read("log: {signed_requests: kept.jsonl}"))
          .hasMessageContaining("log.signed_requests: tells of people and is open to others")
          .hasMessageContaining("chmod 600 it");
    }
    Files.setPosixFilePermissions(kept, PosixFilePermissions.fromString("rw-------"));
    assertThat(read("log: {signed_requests: kept.jsonl}").log().signedRequests()).contains(kept);
  }

  @Test
  @Requirement("MS-7")
  void appendsSignedRequestsToNothingElse() throws Exception {
    for (String other : List.of("SQLite format 3\0", "-----BEGIN PRIVATE KEY-----\n")) {
      kept(other);
      assertThatThrownBy(() -> read("log: {signed_requests: kept.jsonl}"))
          .hasMessageContaining("log.signed_requests: holds something else already");
    }
    for (String own :
        List.of("", "{\"at\":\"2026-01-01T00:00:00Z\"}\n", "{\"at\":\"20", "\n{}\n")) {
      Path kept = kept(own);
      assertThat(read("log: {signed_requests: kept.jsonl}").log().signedRequests()).contains(kept);
    }
    assertThatThrownBy(() -> read("log: {signed_requests: countersign.db}"))
        .hasMessageContaining("log.signed_requests: is taken by store.path");
  }

  private Path kept(String content) throws IOException {
    Path kept = Files.writeString(folder.resolve("kept.jsonl"), content);
    return Files.setPosixFilePermissions(kept, PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void hasAFeedUnlessToldOtherwise() throws Exception {
    assertThat(read("").revocationFeed().lifetime()).contains(Duration.ofMinutes(5));
    assertThat(read("revocation_feed: {lifetime: 1h}").revocationFeed().lifetime())
        .contains(Duration.ofHours(1));
    assertThat(read("revocation_feed: {lifetime: 30s}").revocationFeed().lifetime())
        .contains(Duration.ofSeconds(30));
    assertThat(read("revocation_feed: {enabled: false}").revocationFeed().lifetime()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "revocation_feed: {lifetime: 29s} | revocation_feed.lifetime: must be at least 30s (our"
            + " choice, because a shorter one may end before an API, which asks every 10s, has the",
        "revocation_feed: {lifetime: 61m} | revocation_feed.lifetime: must be at most 1h",
        "revocation_feed: {enabled: 1} | revocation_feed.enabled: must be true or false",
        "log: {format: xml} | log.format: must be text or json",
        "log: {format: JSON} | log.format: must be text or json",
        "log: {signed_requests: no/such.jsonl} | log.signed_requests: is no file in a folder that",
        "log: {signed_requests: .} | log.signed_requests: is no file in a folder that is there",
        "log: {signed_requests: /dev/null} | log.signed_requests: is no file in a folder that is",
        "log: {signed_requests: /proc/self/kept} | log.signed_requests: cannot be written by this",
        "log: {level: debug} | log.level: is not a key",
        "management: {port: 65536} | management.port: must be a port number",
        "management: {port: 8443} | management.port: is taken by listen.port",
        "management: {host: 0.0.0.0, port: 8443} | management.port: is taken by listen.port",
        "management: {drain_delay: 301s} | management.drain_delay: must be at most",
        "management: {drain_delay: 0} | management.drain_delay: must be text",
        "management: {drain_delay: -1s} | management.drain_delay: must be a number and a unit"
      })
  void refusesWhatIsNothingOfIt(String yaml, String problem) {
    assertThatThrownBy(() -> read(yaml))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(problem);
  }
}
