package dev.countersign.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The files of an operator's own types, and what is said of one that is wrong. */
class DetailTypesConfigTest {
  private static final String ENERGY =
      """
      type: energy_readings
      schema:
        type: object
        properties:
          type: {const: energy_readings}
          meter: {type: string, pattern: '^[0-9]{8}$'}
          price: {type: number, multipleOf: 0.01, minimum: 0}
        required: [type, meter]
      compare: {/price: at_most}
      personal: [/meter]
      sensitive: false
      use: many
      """;

  private static final String JSON =
      """
      {"type": "energy_readings",
       "schema": {"properties": {"type": {"const": "energy_readings"}}},
       "personal": [],
       "sensitive": false,
       "use": "many"}
      """;

  @TempDir Path folder;

  @BeforeEach
  void files() throws IOException {
    Files.writeString(folder.resolve("server.pem"), "");
    Files.writeString(folder.resolve("server-key.pem"), "");
    Files.createDirectory(folder.resolve("types"));
  }

  private Config read(String types) throws ConfigException {
    String yaml = ConfigSamples.LEAST + "authorization_details_types: " + types + "\n";
    return ConfigFile.parse("countersign.yaml", yaml, folder);
  }

  private Config read(String name, String content) throws ConfigException {
    try {
      Files.writeString(folder.resolve("types").resolve(name), content, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return read("[types/" + name + "]");
  }

  private String problem(String name, String content) {
    ConfigException e = catchThrowableOfType(ConfigException.class, () -> read(name, content));
    assertThat(e).as("no problem was found").isNotNull();
    assertThat(e.problems()).hasSize(1);
    return e.problems().getFirst().inOneLine();
  }

  private String problem(String types) {
    return problems(types).getFirst();
  }

  private List<String> problems(String types) {
    ConfigException e = catchThrowableOfType(ConfigException.class, () -> read(types));
    assertThat(e).as("no problem was found").isNotNull();
    return e.problems().stream().map(ConfigProblem::inOneLine).toList();
  }

  @Test
  void saysThatAnEndMustBeADateOfTheSchema() throws ConfigException {
    assertThat(problem("energy.yaml", ENERGY + "until: /meter\n"))
        .startsWith("types/energy.yaml:13: /until: must name a member that the schema has as");
    String dated = ENERGY.replace("pattern: '^[0-9]{8}$'", "format: date");
    assertThat(read("energy.yaml", dated + "until: /meter\n").detailTypes().names())
        .containsExactly("energy_readings");
  }

  @Test
  void thereIsNoTypeUnlessItIsNamed() throws ConfigException {
    Config config = ConfigFile.parse("countersign.yaml", ConfigSamples.LEAST, folder);
    assertThat(config.detailTypes().names()).isEmpty();
  }

  @Test
  void readsTypesThatAreReadyAndTypesOfFiles() throws ConfigException, IOException {
    Files.writeString(folder.resolve("types/energy.yaml"), ENERGY);
    assertThat(read("[payment_initiation, types/energy.yaml]").detailTypes().names())
        .containsExactly("payment_initiation", "energy_readings");
    assertThat(read("energy.json", JSON).detailTypes().names()).containsExactly("energy_readings");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "use: many          | uses: many         | energy.yaml:12: /uses: is no member of a type",
        "use: many          | use: often         | energy.yaml:12: /use: must be once or many",
        "/price: at_most    | /prize: at_most    | energy.yaml:9: /compare/~1prize: names /prize,",
        "personal: [/meter] | personal: [/meters] | energy.yaml:10: /personal/0: names /meters,",
        "/price: at_most    | /price: less       | energy.yaml:9: /compare/~1price: must be one of",
        "type: string       | type: text         | energy.yaml:6: /schema/properties/meter/type:",
        "{8}$'              | {8$'               | energy.yaml:6: /schema/properties/meter/pattern",
        "{8}$'              | ('                 | energy.yaml:6: /schema/properties/meter/pattern",
        "type: string       | $ref: 'https://a.example' | energy.yaml:6:"
            + " /schema/properties/meter/$ref",
        "minimum: 0         | minimum: 0x10      | energy.yaml:7: /schema/properties/price/minimum:"
            + " is not as JSON Schema has it",
        "minimum: 0         | minimum: .inf      | energy.yaml:7: is no number, true, false or"
            + " null",
        "minimum: 0         | minimum: 0, minimum: 1 | energy.yaml:7: stands here twice",
        "sensitive: false   | sensitive: no      | energy.yaml:11: /sensitive: member sensitive is",
        "use: many          | use: [many         | energy.yaml:13: is not valid YAML",
        "type: energy_readings | type: ''        | energy.yaml:1: /type: must be 1 to 255"
      })
  void saysWhereAYamlFileIsWrong(String text, String instead, String problem) {
    assertThat(ENERGY).contains(text);
    assertThat(
            problem(
                "energy.yaml",
                ENERGY.replaceFirst(Pattern.quote(text), Matcher.quoteReplacement(instead))))
        .startsWith("types/" + problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"use\": \"many\" | \"use\": \"no\"                | energy.json:5: /use: must be once or"
            + " many",
        "\"use\": \"many\" | \"use\": \"many\", \"use\": \"many\" | energy.json: JSON names a"
            + " member twice",
        "\"use\": \"many\" | \"use\": \"many\",             | energy.json: JSON is not well-formed",
        "\"use\": \"many\" | use: many                      | energy.json: JSON is not well-formed",
        "\"use\": \"many\"} | \"use\": \"many\"            | energy.json:6: JSON is not"
            + " well-formed",
        "\"personal\": []  | \"personal\": [7]              | energy.json:3: /personal: member"
            + " personal"
      })
  void saysWhereAJsonFileIsWrong(String text, String instead, String problem) {
    assertThat(JSON).contains(text);
    assertThat(problem("energy.json", JSON.replace(text, instead))).startsWith("types/" + problem);
  }

  @Test
  void whatAFileNamesStaysOnItsLine() {
    assertThat(problem("energy.yaml", ENERGY + "\"\\e[2J\\n\": 1\n"))
        .startsWith("types/energy.yaml:13: /\\u001b[2J\\u000a: is no member of a type");
    ConfigException e =
        catchThrowableOfType(ConfigException.class, () -> read("[]\n\"\\e[2J\": 1"));
    assertThat(e.problems().getFirst().inOneLine()).contains(": \\u001b[2J: ");
  }

  @Test
  void saysThatAFileNeverEnds() {
    assertThat(problem("loop.yaml", "type: loop\nschema: &all {properties: *all}\n"))
        .contains("loop.yaml:2")
        .contains("nested too deeply");
  }

  @Test
  void saysWhichEntryIsWrong() throws IOException {
    assertThat(problem("[payments]"))
        .startsWith("countersign.yaml:7: authorization_details_types[0]: must be a file")
        .contains("payment_initiation");
    assertThat(problem("[none.yaml]")).contains("no readable file at");
    assertThat(problem("payment_initiation")).contains("must be a list");
    assertThat(problem("[payment_initiation, payment_initiation]"))
        .contains("has the type 'payment_initiation' more than once");
    Files.write(folder.resolve("types/latin.yaml"), new byte[] {(byte) 0xE9});
    assertThat(problem("[types/latin.yaml]")).isEqualTo("types/latin.yaml: is not UTF-8 text");
    Files.writeString(folder.resolve("types/list.yaml"), "[1]");
    assertThat(problem("[types/list.yaml]")).startsWith("types/list.yaml:1: must be a section");
  }

  @Test
  void aClientMayHaveTypesThatThereAreAlone() throws ConfigException {
    String client =
        """
        [payment_initiation]
        clients:
          - client_id: app
            name: App
            jwks: {keys: [%s]}
            grant_types: [client_credentials]
            scope: openid
            authorization_details_types: [payment_initiation%s]
        """;
    assertThat(read(client.formatted(ConfigSamples.KEY, "")).clients().getFirst().detailTypes())
        .containsExactly("payment_initiation");
    assertThat(problem(client.formatted(ConfigSamples.KEY, ", account_information")))
        .isEqualTo(
            "countersign.yaml:14: clients[0].authorization_details_types: 'account_information' is"
                + " no type; there are: payment_initiation");
    assertThat(
            problem(client.formatted(ConfigSamples.KEY, "").replaceFirst("payment_initiation", "")))
        .isEqualTo(
            "countersign.yaml:14: clients[0].authorization_details_types: 'payment_initiation' is"
                + " no type: 'authorization_details_types' at the top of the configuration lists"
                + " none");
    String none = client.replace("authorization_details_types: [payment_initiation%s]", "");
    List<String> types =
        List.copyOf(read(none.formatted(ConfigSamples.KEY)).clients().getFirst().detailTypes());
    assertThat(types).isEmpty();
  }

  @Test
  void saysWhatIsWrongWithATypeAndNotThatItsClientsHaveNone() throws IOException {
    Files.writeString(folder.resolve("types/energy.yaml"), ENERGY.replace("many", "often"));
    String types =
        """
        [types/energy.yaml]
        dynamic_registration: {authorization_details_types: [energy_readings]}
        clients:
          - client_id: app
            name: App
            jwks: {keys: [%s]}
            grant_types: [client_credentials]
            scope: openid
            authorization_details_types: [energy_readings]
        """
            .formatted(ConfigSamples.KEY);
    assertThat(problems(types))
        .singleElement(STRING)
        .startsWith("types/energy.yaml:12: /use: must be once or many");
    assertThat(problems(types.replace("types/energy.yaml", "payment")))
        .singleElement(STRING)
        .startsWith("countersign.yaml:7: authorization_details_types[0]: must be a file");
  }
}
