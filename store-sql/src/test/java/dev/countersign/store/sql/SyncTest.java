package dev.countersign.store.sql;

import static dev.countersign.store.contract.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.countersign.store.contract.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Syncs of the disk, seen by the operating system. Nothing else here shows that an answer survives
 * a loss of power, so that an automatic build on Linux (environment {@code CI=true}) fails where it
 * cannot look; elsewhere these tests are skipped without strace.
 */
class SyncTest {

  private static final int OPERATIONS = 200;
  private static final Pattern SYNC = Pattern.compile("\\b(fsync|fdatasync)\\(");
  private static final Pattern SAID = Pattern.compile("write\\(1, \"done");

  @TempDir Path folder;

  @BeforeEach
  void needsStrace() throws IOException, InterruptedException {
    boolean looks = canTrace();
    if ("true".equals(System.getenv("CI")) && System.getProperty("os.name").equals("Linux")) {
      assertThat(looks)
          .as("strace is needed to show that answers come after a sync: install it, let it trace")
          .isTrue();
    }
    assumeTrue(looks, "strace is not there or may not trace");
  }

  @Test
  void everyAnswerToALoneCallerComesAfterASyncOfItsOwn() throws Exception {
    List<String> calls = traced(1);

    int first = indexOfSaid(calls, 0);
    int syncs = 0;
    for (String call : calls.subList(first + 1, calls.size())) {
      if (SAID.matcher(call).find()) {
        assertThat(syncs).as("syncs since the answer before: " + call).isPositive();
        syncs = 0;
      } else if (SYNC.matcher(call).find()) {
        syncs++;
      }
    }
    assertThat(syncsWhileWorking(calls)).isBetween(OPERATIONS - 1L, OPERATIONS + 20L);
  }

  @Test
  void callersThatWaitTogetherShareASync() throws Exception {
    List<String> calls = traced(64);

    assertThat(syncsWhileWorking(calls)).isBetween(1L, OPERATIONS / 2L);
  }

  private List<String> traced(int callers) throws IOException, InterruptedException {
    Path trace = folder.resolve("trace");
    List<String> strace =
        List.of("strace", "-f", "-e", "trace=fsync,fdatasync,write", "-o", trace.toString());
    Process child =
        Child.start(
            strace,
            SyncingChild.class,
            folder.resolve("state.db").toString(),
            Integer.toString(callers));
    child.getInputStream().readAllBytes();
    assertThat(child.waitFor()).isZero();
    return Files.readAllLines(trace);
  }

  private static long syncsWhileWorking(List<String> calls) {
    int last = calls.size() - 1;
    while (!SAID.matcher(calls.get(last)).find()) {
      last--;
    }
    return calls.subList(indexOfSaid(calls, 0), last).stream()
        .filter(call -> SYNC.matcher(call).find())
        .count();
  }

  private static int indexOfSaid(List<String> calls, int from) {
    int index = from;
    while (!SAID.matcher(calls.get(index)).find()) {
      index++;
    }
    return index;
  }

  private static boolean canTrace() throws IOException, InterruptedException {
    try {
      Process process =
          new ProcessBuilder("strace", "-o", "/dev/null", "true").redirectErrorStream(true).start();
      process.getInputStream().readAllBytes();
      return process.waitFor() == 0;
    } catch (IOException notThere) {
      return false;
    }
  }

  /** Uses keys up, with so many callers at once, and says each time that it is done. */
  static final class SyncingChild {
    private SyncingChild() {}

    public static void main(String[] arguments) {
      Samples samples = new Samples("sync");
      try (SqliteStore store = SqliteStore.open(Path.of(arguments[0]));
          ExecutorService callers = Executors.newFixedThreadPool(Integer.parseInt(arguments[1]))) {
        for (int i = 0; i < OPERATIONS; i++) {
          callers.execute(
              () -> {
                store.useOnce(Set.of(samples.onceKey()), NOW);
                System.out.print("done\n");
                System.out.flush();
              });
        }
      }
    }
  }
}
