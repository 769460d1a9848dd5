package dev.countersign.it.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page of the suite's modules names tests that are there, and each module once. */
class ConformanceModulesTest {
  private static final Path ROOT =
      Path.of(Objects.requireNonNull(System.getProperty("countersign.root")));
  private static final Path SERVER_TESTS = ROOT.resolve("server/src/test/java");
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `([A-Za-z0-9_-]+)` \\| (`\\w+#\\w+`(?:, `\\w+#\\w+`)*) \\|$");
  private static final Pattern TEST = Pattern.compile("`(\\w+)#(\\w+)`");
  private static final int MODULES = 70;

  private static List<MatchResult> rows() throws IOException {
    String page = Files.readString(ROOT.resolve("docs/conformance-modules.md"));
    return ROW.matcher(page).results().toList();
  }

  @Test
  void namesEachModuleOnce() throws IOException {
    List<String> modules = rows().stream().map(row -> row.group(1)).toList();
    assertThat(modules).hasSize(MODULES).doesNotHaveDuplicates();
  }

  @Test
  void namesTestsThatAreThere() throws IOException {
    Set<String> missing = new LinkedHashSet<>();
    for (MatchResult row : rows()) {
      for (MatchResult test : TEST.matcher(row.group(2)).results().toList()) {
        if (!isThere(test.group(1), test.group(2))) {
          missing.add(test.group());
        }
      }
    }
    assertThat(missing).isEmpty();
  }

  private static boolean isThere(String type, String method) throws IOException {
    try (Stream<Path> sources = Files.walk(SERVER_TESTS)) {
      for (Path source : sources.filter(file -> file.endsWith(type + ".java")).toList()) {
        if (Files.readString(source).contains("void " + method + "(")) {
          return true;
        }
      }
    }
    return false;
  }
}
