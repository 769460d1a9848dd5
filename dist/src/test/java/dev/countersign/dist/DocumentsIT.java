package dev.countersign.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.countersign.dist.Block.How;
import dev.countersign.requirement.Catalogue;
import dev.countersign.requirement.RequirementId;
import dev.countersign.server.config.ConfigFile;
import dev.countersign.testkit.TestCertificate;
import dev.countersign.testkit.TestTls;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a document tells people to type, to compile or to configure is tried here. */
class DocumentsIT {
  private static final Path ROOT = Path.of(System.getProperty("countersign.root"));
  private static final Path EXAMPLE = Path.of("docs/examples/countersign.yaml");

  /** Their blocks are tried by tests of their own. */
  private static final Set<String> ELSEWHERE = Set.of("configuration.md");

  private static final Pattern ID =
      Pattern.compile("`((?:SP|IA|BCP|PAR|PKCE|DP|CA|OA|AT)-\\d[\\w.-]*)`");
  private static final Pattern SECTION = Pattern.compile("(?m)^(\\w+):.*(?:\\n(?:[ #-].*|$))*");

  private static final Pattern PASSWORD =
      Pattern.compile("has this password\\. It is shown once:\n  (\\S+)\n");

  /** What documents use that not every machine has. */
  private static final List<String> TOOLS = List.of("curl", "openssl", "sha256sum", "unzip");

  @TempDir private Path folder;

  @BeforeEach
  void needsTheZip() throws Exception {
    Download.assumeMade();
    // What the example configuration and the documents name.
    TestTls.LOCALHOST.write(folder);
    X509Certificate authority =
        TestCertificate.selfSigned("CN=Client CA").authority().make().certificate();
    Files.writeString(
        folder.resolve("client-ca.pem"), TestTls.pem("CERTIFICATE", authority.getEncoded()));
  }

  static List<Path> documents() throws IOException {
    try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
      return docs.map(ROOT::relativize)
          .filter(file -> file.toString().endsWith(".md"))
          .filter(file -> !ELSEWHERE.contains(file.getFileName().toString()))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("documents")
  void saysNothingThatWasNotTried(Path document) throws Exception {
    List<Block> blocks = Block.in(Files.readString(ROOT.resolve(document)));
    if (blocks.isEmpty()) {
      return;
    }
    List<String> missing = missing(blocks, DocumentsIT::isInstalled);
    assumeTrue(missing.isEmpty(), () -> "needs " + String.join(", ", missing));
    try (Session session = new Session(folder.resolve("work"), Installed.in(folder))) {
      for (Block block : blocks) {
        attempt(document + ":" + block.line(), block, session);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("documents")
  void namesOnlyRequirementsThatThereAre(Path document) throws Exception {
    Catalogue catalogue = Catalogue.load();
    List<String> unknown =
        ID.matcher(Files.readString(ROOT.resolve(document)))
            .results()
            .map(found -> found.group(1))
            .filter(id -> catalogue.find(RequirementId.of(id)).isEmpty())
            .toList();
    assertThat(unknown).isEmpty();
  }

  @Test
  void knowsWhatABlockNeeds() {
    List<Block> blocks =
        Block.in(
            """
            <!-- not run: it changes the machine -->
            ```bash
            curl x
            ```
            <!-- run -->
            ```bash
            unzip -q x.zip && true
            ```
            """);
    assertThat(missing(blocks, _ -> false)).containsExactly("unzip");
    assertThat(missing(blocks, "unzip"::equals)).isEmpty();
  }

  @Test
  void refusesWhatIsNotTried() throws Exception {
    String document =
        """
        ```bash
        true
        ```
        <!-- run -->
        ```bash
        false
        ```
        <!-- sample: docs/examples/countersign.yaml#none -->
        ```java
        class None {}
        ```
        ```yaml
        lifetimes: {access_token: for ever}
        ```
        ```java
        class Unsaid {}
        ```
        ```ruby
        puts
        ```
        """;
    List<Block> blocks = Block.in(document);
    assertThat(blocks).hasSize(6);
    try (Session session = new Session(folder.resolve("work"), Installed.in(folder))) {
      for (Block block : blocks) {
        assertThatThrownBy(() -> attempt("here", block, session)).isNotNull();
      }
      attempt(
          "here",
          Block.in("<!-- run: exit 1 -->\n```bash\necho no; false\n```").getFirst(),
          session);
      attempt("here", Block.in("<!-- shown -->\n```text\nno\n```").getFirst(), session);
      attempt("here", Block.in("```yaml\nlifetimes: {access_token: 2m}\n```").getFirst(), session);
    }
  }

  private static List<String> missing(List<Block> blocks, Predicate<String> isThere) {
    return TOOLS.stream()
        .filter(tool -> !isThere.test(tool))
        .filter(tool -> blocks.stream().anyMatch(block -> runs(block, tool)))
        .toList();
  }

  private static boolean runs(Block block, String tool) {
    return (block.how() instanceof How.Run || block.how() instanceof How.RunUntil)
        && Pattern.compile("\\b" + tool + "\\b").matcher(block.text()).find();
  }

  private static boolean isInstalled(String tool) {
    return Stream.of("/usr/bin", "/bin")
        .anyMatch(bin -> Files.isExecutable(Path.of(bin).resolve(tool)));
  }

  private void attempt(String place, Block block, Session session) throws Exception {
    switch (block.how()) {
      case How.Sample(String file, String name) ->
          assertThat(block.text()).as(place).isEqualTo(sample(file, name));
      case How.Run(int exitCode) -> session.run(block.text(), exitCode);
      case How.RunUntil(String text, String arguments) ->
          follow(session.runUntil(block.text() + " " + arguments, text), session);
      case How.Shown _ ->
          assertThat(session.said()).as(place).contains(block.text().lines().toList());
      case How.NotRun(String reason) -> assertThat(reason).as(place).isNotBlank();
      case How.Unsaid _ -> attemptUnsaid(place, block);
    }
  }

  private void attemptUnsaid(String place, Block block) throws Exception {
    switch (block.language()) {
      case "yaml" -> ConfigFile.parse(place, withExample(block.text()), folder);
      // Drawings.
      case "mermaid", "" -> assertThat(block.text()).as(place).isNotBlank();
      default -> throw new AssertionError(place + ": nothing says how this block is tried");
    }
  }

  /** A person follows the link to the server that a program printed. */
  private static void follow(String line, Session session) throws Exception {
    if (line.contains("request_uri=")) {
      URI url = URI.create(line.replaceFirst(".* (https://)", "$1"));
      String password = session.printed(PASSWORD);
      Person.logIn(url, "anna", password, trust(session.folder().resolve("first/server.pem")));
      assertThat(session.rest()).contains("Hello, Anna Example");
    }
  }

  private static SSLContext trust(Path certificate) throws Exception {
    try (InputStream in = Files.newInputStream(certificate)) {
      return TestTls.trusting(
          (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
  }

  /** The text of a source between the markers of this name. */
  private static String sample(String file, String name) throws IOException {
    String source = Files.readString(ROOT.resolve(file));
    String begin = "// <sample " + name + ">\n";
    int from = source.indexOf(begin);
    int to = source.indexOf("// </sample " + name + ">");
    assertThat(from).as(file + "#" + name).isNotNegative();
    return source
        .substring(from + begin.length(), source.lastIndexOf('\n', to) + 1)
        // An end without a line break: stripIndent takes an empty last line for the outermost one.
        .stripTrailing()
        .stripIndent();
  }

  /** The example configuration with the sections of a block in place of its own. */
  private static String withExample(String block) throws IOException {
    Map<String, String> sections = new LinkedHashMap<>();
    for (String text : List.of(Files.readString(ROOT.resolve(EXAMPLE)), block)) {
      SECTION
          .matcher(text)
          .results()
          .map(MatchResult::group)
          .forEach(section -> sections.put(section.replaceFirst("(?s):.*", ""), section));
    }
    return String.join("\n", sections.values()) + "\n";
  }
}
