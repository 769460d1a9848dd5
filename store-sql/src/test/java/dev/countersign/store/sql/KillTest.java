package dev.countersign.store.sql;

import static dev.countersign.store.contract.Samples.NOW;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.oauth.SecretDigest;
import dev.countersign.requirement.Requirement;
import dev.countersign.store.OnceKey;
import dev.countersign.store.OnceKeys.Outcome;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process is killed in the middle of writing; what it had acknowledged is there afterwards. That
 * shows nothing about a loss of power: what the process had written stays in the operating system's
 * memory when only the process dies. {@link SyncTest} shows that it is synced.
 */
@Requirement({"CA-3"})
class KillTest {

  private static final int LEAST = 20;
  private static final int MOST = 1500;

  @TempDir Path folder;

  @RepeatedTest(5)
  void whatWasAcknowledgedOutlivesTheProcess(RepetitionInfo run) throws Exception {
    killAndLook(run.getCurrentRepetition());
  }

  @Tag("full")
  @RepeatedTest(50)
  void whatWasAcknowledgedOutlivesTheProcessEachTime(RepetitionInfo run) throws Exception {
    killAndLook(1000 + run.getCurrentRepetition());
  }

  private void killAndLook(int seed) throws IOException, InterruptedException, SQLException {
    Path file = folder.resolve("state.db");
    int enough = new Random(seed).nextInt(LEAST, MOST);

    List<String> acknowledged = killAfter(enough, file);

    assertThat(acknowledged).as("seed " + seed).hasSizeGreaterThanOrEqualTo(enough);
    try (SqliteStore store = SqliteStore.open(file)) {
      for (String line : acknowledged) {
        assertKept(store, line);
      }
    }
    // Fails if the file is damaged.
    assertThat(Dump.of(file)).contains("grants");
  }

  /** Lines that the child had said when it died; the last one only if it was said to its end. */
  private static List<String> killAfter(int enough, Path file)
      throws IOException, InterruptedException {
    Process child = Child.start(KillTestChild.class, file.toString());
    List<String> lines = new ArrayList<>();
    try (BufferedReader reader = child.inputReader(US_ASCII)) {
      for (int i = 0; i < enough; i++) {
        lines.add(reader.readLine());
      }
      // Through its handle: Process.destroyForcibly would also close the stream, with what is in
      // it.
      child.toHandle().destroyForcibly();
      StringBuilder rest = new StringBuilder();
      for (int character = reader.read(); character >= 0; character = reader.read()) {
        rest.append((char) character);
      }
      String whole = rest.substring(0, rest.lastIndexOf("\n") + 1);
      whole.lines().forEach(lines::add);
    }
    // 128 + SIGKILL: it did not end by itself.
    assertThat(child.waitFor()).isEqualTo(137);
    return lines;
  }

  private static void assertKept(SqliteStore store, String line) {
    String[] words = line.split(" ", -1);
    SecretDigest digest = SecretDigest.ofSha256(HexFormat.of().parseHex(words[1]));
    switch (words[0]) {
      case "granted" -> assertThat(store.findByRefreshToken(digest, NOW)).as(line).isPresent();
      case "revoked" -> assertThat(store.findByRefreshToken(digest, NOW)).as(line).isEmpty();
      case "used" -> {
        OnceKey key = new OnceKey(OnceKey.Kind.valueOf(words[2]), digest, NOW);
        assertThat(store.useOnce(Set.of(key), NOW)).as(line).isEqualTo(new Outcome.Replayed(key));
      }
      default -> throw new AssertionError("The child says: " + line);
    }
  }
}
