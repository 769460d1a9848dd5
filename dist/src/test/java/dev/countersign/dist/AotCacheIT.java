package dev.countersign.dist;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.dist.Installed.Ran;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("full")
class AotCacheIT {
  @TempDir private Path folder;

  private Installed installed;

  @BeforeEach
  void unpack() throws Exception {
    Download.assumeMade();
    installed = Installed.in(folder);
  }

  @Test
  void isMadeBesideTheFirstServerAndUsedByTheNext() throws Exception {
    Server first = Server.start(installed, folder.resolve("config"), variables(""));
    Server second = Server.start(installed, folder.resolve("another"), variables(""));
    awaitCache();
    assertThat(first.metadata().string("issuer")).isPresent();
    assertThat(List.of(first.stop().err(), second.stop().err())).containsOnly("");
    assertThat(comeFromTheCache(variables(""))).isPositive();
    assertThat(comeFromTheCache(variables("off"))).isZero();
  }

  @Test
  void isThisUsersOwnWhereTheInstallationMustNotBeWrittenTo() throws Exception {
    Installed readOnly = installed.readOnly();
    Ran ran = readOnly.run(variables("now"), "--version");
    assertThat(ran).isEqualTo(new Ran(0, "countersign " + Download.VERSION + "\n", ""));
    assertThat(Installed.names(installed.home())).doesNotContain("aot");
    assertThat(Installed.names(readOnly.userCache())).singleElement().asString().endsWith(".aot");
  }

  @Test
  void isLeftOutWhereNothingCanBeWritten() throws Exception {
    Installed readOnly = installed.readOnly();
    Map<String, String> variables = variables("now");
    variables.put("HOME", "/none");
    Ran ran = readOnly.run(variables, "--version");
    assertThat(ran).isEqualTo(new Ran(0, "countersign " + Download.VERSION + "\n", ""));
  }

  @Test
  void isIgnoredWithoutAWordWhereItIsBroken() throws Exception {
    // A tour that cannot run makes none, and it is not tried again.
    Map<String, String> variables = variables("now");
    Path jar = installed.home().resolve("lib/countersign-demo-" + Download.VERSION + ".jar");
    byte[] bytes = Files.readAllBytes(jar);
    Files.delete(jar);
    installed.run(variables, "--version");
    List<String> after = Installed.names(installed.home().resolve("aot"));
    assertThat(after).singleElement().asString().endsWith(".failed");
    String name = after.getFirst().replace(".failed", "");
    Files.write(jar, bytes);
    Files.writeString(installed.home().resolve("aot").resolve(name), "no cache");
    Ran ran = installed.run(variables, "--version");
    assertThat(ran).isEqualTo(new Ran(0, "countersign " + Download.VERSION + "\n", ""));
  }

  @Test
  void isMadeAnotherTimeWhereItsMakingWasStopped() throws Exception {
    Process command = installed.start(variables("now"), installed.launcher(), "--version");
    Optional<ProcessHandle> tour = Optional.empty();
    while (tour.isEmpty() && command.isAlive()) {
      tour = command.descendants().filter(AotCacheIT::isJava).findFirst();
    }
    assertThat(tour.orElseThrow().destroy()).isTrue();
    Ran ran = installed.finished(command);
    assertThat(ran).isEqualTo(new Ran(0, "countersign " + Download.VERSION + "\n", ""));
    assertThat(Installed.names(installed.home().resolve("aot"))).isEmpty();
  }

  private static boolean isJava(ProcessHandle process) {
    return process.info().command().filter(path -> path.endsWith("/bin/java")).isPresent();
  }

  private Map<String, String> variables(String aot) {
    Map<String, String> variables = installed.environment();
    variables.put("COUNTERSIGN_AOT", aot);
    return variables;
  }

  /** Waits until there is one cache and nothing else. The folder is there since the start. */
  private void awaitCache() throws Exception {
    Path aot = installed.home().resolve("aot");
    try (WatchService changes = aot.getFileSystem().newWatchService()) {
      aot.register(changes, ENTRY_CREATE, ENTRY_DELETE, ENTRY_MODIFY);
      while (!isOneCache(Installed.names(aot))) {
        WatchKey key = changes.poll(60, TimeUnit.SECONDS);
        assertThat(key).as("a cache in %s", Installed.names(aot)).isNotNull();
        key.pollEvents();
        key.reset();
      }
    }
  }

  private static boolean isOneCache(List<String> names) {
    return names.size() == 1 && names.getFirst().endsWith(".aot");
  }

  /** How many classes of ours the server had from the cache. */
  private long comeFromTheCache(Map<String, String> variables) throws Exception {
    Path log = folder.resolve("classes.txt");
    variables.put("COUNTERSIGN_JAVA_OPTS", "-Xlog:class+load:file=" + log);
    Server.start(installed, folder.resolve("config"), variables).stop();
    try (Stream<String> lines = Files.lines(log)) {
      return lines
          .filter(line -> line.contains("dev.countersign.server."))
          .filter(line -> line.contains("source: shared objects file"))
          .count();
    }
  }
}
