package dev.countersign.server.par;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.SecretDigest;
import dev.countersign.requirement.Requirement;
import dev.countersign.store.StoreException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file in which signed requests are kept. */
@Requirement({"MS-7"})
class RequestFileTest {
  private static final int MANY = 200;

  @TempDir Path folder;

  private static SignedRequest request(int length) {
    return new SignedRequest(
        new ClientId("app"),
        SecretDigest.of("uri"),
        "a".repeat(length),
        JwkSet.of(List.of()),
        Instant.parse("2026-03-01T12:00:00Z"));
  }

  @Test
  void mixesNoLinesOfManyAtOnce() throws Exception {
    Path file = folder.resolve("requests.jsonl");
    RequestFile keeper = new RequestFile(file);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < MANY; i++) {
        threads.execute(() -> keeper.keep(request(48 * 1024)));
      }
    }
    List<String> lines = Files.readAllLines(file);
    assertThat(lines).hasSize(MANY);
    for (String line : lines) {
      assertThat(JsonObject.parse(line).string("request").orElseThrow()).hasSize(48 * 1024);
    }
  }

  @Test
  void beginsANewLineAfterHalfALine() throws Exception {
    Path file = folder.resolve("requests.jsonl");
    Files.writeString(file, "{\"at\":\"2026");
    RequestFile keeper = new RequestFile(file);
    keeper.keep(request(5));
    keeper.keep(request(6));
    List<String> lines = Files.readAllLines(file);
    assertThat(lines).hasSize(3);
    assertThat(JsonObject.parse(lines.get(1)).string("request")).contains("aaaaa");
    assertThat(JsonObject.parse(lines.get(2)).string("request")).contains("aaaaaa");
  }

  @Test
  void saysWhenTheDiskIsFull() {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full), "needs /dev/full");
    RequestFile keeper = new RequestFile(full);
    SignedRequest request = request(5);
    assertThatThrownBy(() -> keeper.keep(request)).isInstanceOf(StoreException.class);
  }

  @Test
  void saysWhenItCannot() {
    RequestFile keeper = new RequestFile(folder.resolve("no/such/file"));
    SignedRequest request = request(5);
    assertThatThrownBy(() -> keeper.keep(request))
        .isInstanceOf(StoreException.class)
        .hasMessageNotContaining("aaaaa");
    assertThat(request.toString()).doesNotContain("aaaaa");
  }
}
