package dev.countersign.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.jose.Jose;
import dev.countersign.server.config.ConfigFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every metric stands in the table of docs/operations.md, and everything there is a metric. */
class MetricsTableTest {
  private static final Path PAGE =
      Path.of(System.getProperty("countersign.root"), "docs", "operations.md");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z_]+\\*?)` \\|");
  private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE (\\S+) (\\S+)$");
  private static final Set<String> FAMILIES = Set.of("jvm_", "process_", "system_");

  @TempDir private Path folder;

  @Test
  void theTableIsWhatIsScraped() throws Exception {
    String page = Files.readString(PAGE);
    String section = page.substring(page.indexOf("## Metrics"));
    assertThat(found(ROW, section.substring(0, section.indexOf("\n## "))))
        .containsExactlyElementsOf(named(found(TYPE, scrape())));
  }

  private static Set<String> found(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .map(result -> result.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** As the table says it: a family by its beginning, and no greatest value of its own. */
  private static Set<String> named(Set<String> scraped) {
    return scraped.stream()
        .filter(name -> !scraped.contains(name.replaceAll("_max$", "")) || !name.endsWith("_max"))
        .map(MetricsTableTest::familyOr)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String familyOr(String name) {
    return FAMILIES.stream()
        .filter(name::startsWith)
        .map(family -> family + "*")
        .findFirst()
        .orElse(name);
  }

  /** After a request that was answered and one that was refused. */
  private String scrape() throws Exception {
    ExampleFolder example =
        ExampleFolder.in(folder)
            .with("port: 8443", "port: 0")
            .with("lifetimes:\n", "management: {port: 0}\nlifetimes:\n");
    try (Serving serving =
        Serving.start(example.config(), ConfigFile.read(example.config()), Jose.jdk())) {
      try (Probe.HalfRequest request = Probe.HalfRequest.begin(example.trust(), serving.port())) {
        assertThat(request.answer()).startsWith("HTTP/1.1 401 ");
      }
      String url = serving.summary().getOrDefault("management", "") + "/metrics";
      return Probe.get(url).orElseThrow();
    }
  }
}
