package dev.countersign.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the documentation says of the configuration is what the code does.
 *
 * <p>With the system property {@code countersign.update=true} it writes the table of {@code
 * docs/configuration.md} and {@code docs/countersign.schema.json} anew.
 */
class ConfigurationPageTest {
  private static final String UPDATE =
      "mvn -q -pl server -am test -Dtest=ConfigurationPageTest -Dcountersign.update=true";
  private static final Path DOCS = Path.of(System.getProperty("countersign.root"), "docs");
  private static final Path PAGE = DOCS.resolve("configuration.md");
  private static final Path SCHEMA = DOCS.resolve("countersign.schema.json");

  private static final Pattern TABLE = Pattern.compile("(?s)(<!-- keys: .*? -->\n).*(<!-- /keys)");
  private static final Pattern YAML = Pattern.compile("(?ms)^```yaml\n(.*?)^```$");
  private static final String LEAST =
      """
      issuer: https://auth.example.com
      tls: {certificate: server.pem, key: server-key.pem}
      resources: [{indicator: https://api.example.com}]
      """;

  private final ConfigKeys keys = ConfigKeys.describe();

  @Test
  void thePageListsTheKeysAsTheyAreRead() throws IOException {
    String page = Files.readString(PAGE);
    String table = Matcher.quoteReplacement(keys.table());
    requireSame(PAGE, page, TABLE.matcher(page).replaceFirst("$1" + table + "$2"));
  }

  @Test
  void theSchemaIsThatOfTheKeys() throws IOException {
    requireSame(SCHEMA, Files.exists(SCHEMA) ? Files.readString(SCHEMA) : "", keys.schema());
  }

  private static void requireSame(Path file, String found, String expected) throws IOException {
    if (Boolean.getBoolean("countersign.update")) {
      Files.writeString(file, expected);
    } else if (!found.equals(expected)) {
      throw new AssertionError(file.getFileName() + " is not up to date; run " + UPDATE);
    }
  }

  @Test
  void everyExampleOnThePageIsRight(@TempDir Path folder) throws Exception {
    for (String name : List.of("server.pem", "server-key.pem")) {
      Files.writeString(folder.resolve(name), "");
    }
    Files.writeString(folder.resolve("bank-app.jwks.json"), ConfigSamples.KEYS);
    List<String> examples =
        YAML.matcher(Files.readString(PAGE)).results().map(found -> found.group(1)).toList();
    assertThat(examples).isNotEmpty();
    for (String example : examples) {
      String whole = example.contains("issuer:") ? example : LEAST + example;
      assertThat(ConfigFile.parse("configuration.md", whole, folder)).isNotNull();
    }
  }
}
