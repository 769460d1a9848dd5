package dev.countersign.it.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The README shows the code that a test runs, and no document points to what is not there. */
class ReadmeTest {
  private static final Path ROOT =
      Path.of(Objects.requireNonNull(System.getProperty("countersign.root")));
  private static final Path SAMPLE =
      ROOT.resolve("client/src/test/java/dev/countersign/client/ReadmeSampleTest.java");

  /** An inline link or image; the target ends at a space, before a title. */
  private static final Pattern LINK = Pattern.compile("\\]\\(<?([^)\\s>]+)");

  private static final Pattern FENCED = Pattern.compile("(?ms)^```.*?^```\\s*$");

  @Test
  void showsTheSampleThatTheClientLibraryRuns() throws IOException {
    String shown =
        between(Files.readString(ROOT.resolve("README.md")), "<!-- sample -->", "<!-- /sample -->");
    String run = between(Files.readString(SAMPLE), "// <sample>", "// </sample>");

    assertThat(shown.strip()).isEqualTo("```java\n" + run.stripIndent().strip() + "\n```");
  }

  static List<Path> documents() throws IOException {
    try (Stream<Path> top = Files.list(ROOT);
        Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
      return Stream.concat(top, docs)
          .filter(file -> file.toString().endsWith(".md"))
          .map(ROOT::relativize)
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("documents")
  void pointsOnlyToFilesThatAreThere(Path document) throws IOException {
    String text = FENCED.matcher(Files.readString(ROOT.resolve(document))).replaceAll("");
    List<String> broken =
        LINK.matcher(text)
            .results()
            .map(result -> result.group(1))
            .filter(target -> !leadsToAFile(document, target))
            .toList();

    assertThat(broken).isEmpty();
  }

  @Test
  void findsALinkThatPointsToNothing() {
    Matcher link = LINK.matcher("see [this](docs/none.md#part \"title\")");

    assertThat(link.find()).isTrue();
    assertThat(link.group(1)).isEqualTo("docs/none.md#part");
    assertThat(leadsToAFile(Path.of("README.md"), link.group(1))).isFalse();
    assertThat(leadsToAFile(Path.of("README.md"), "docs/architecture.md#part")).isTrue();
  }

  /** Whether a link target is outside of the repository, a part of its document, or a file. */
  private static boolean leadsToAFile(Path document, String target) {
    URI uri = URI.create(target);
    if (uri.isAbsolute() || target.startsWith("#")) {
      return true;
    }
    Path file = ROOT.resolve(document).resolveSibling(uri.getPath()).normalize();
    return file.startsWith(ROOT) && Files.exists(file);
  }

  private static String between(String text, String begin, String end) {
    int from = text.indexOf(begin);
    int to = text.indexOf(end);
    assertThat(from).as(begin).isNotNegative();
    assertThat(to).as(end).isGreaterThan(from);
    return text.substring(from + begin.length(), to);
  }
}
