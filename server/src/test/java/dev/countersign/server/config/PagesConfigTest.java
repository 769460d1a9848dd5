package dev.countersign.server.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The keys {@code pages} and {@code login}, and descriptions in many languages. */
class PagesConfigTest {
  private static final String LEAST =
      """
      issuer: https://auth.example.com/bank
      tls: {certificate: server.pem, key: server-key.pem}
      resources: [{indicator: https://api.example.com}]
      """;
  private static final String SVG = "<svg xmlns='http://www.w3.org/2000/svg'><path/></svg>";
  private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n', 0};

  @TempDir Path folder;

  @BeforeEach
  void files() throws IOException {
    Files.writeString(folder.resolve("server.pem"), "");
    Files.writeString(folder.resolve("server-key.pem"), "");
  }

  private Config read(String more) throws ConfigException {
    return ConfigFile.parse("countersign.yaml", LEAST + more, folder);
  }

  private String problem(String more) {
    ConfigException e = catchThrowableOfType(ConfigException.class, () -> read(more));
    assertThat(e).as("no problem was found").isNotNull();
    assertThat(e.problems()).hasSize(1);
    return e.problems().getFirst().toString();
  }

  private String logoProblem(byte[] bytes) throws IOException {
    Files.write(folder.resolve("logo.x"), bytes);
    return problem("pages: {logo: logo.x}\n");
  }

  private String logoType(byte[] bytes) throws IOException, ConfigException {
    Files.write(folder.resolve("logo.x"), bytes);
    Logo logo = read("pages: {logo: logo.x}\n").pages().logo().orElseThrow();
    assertThat(logo.bytes()).isEqualTo(bytes);
    return logo.mediaType();
  }

  @Test
  void aFileThatSaysNothingOfItHasTheseDefaults() throws ConfigException {
    Config config = read("");
    assertThat(config.pages().name()).isEqualTo("auth.example.com");
    assertThat(config.pages().logo()).isEmpty();
    assertThat(config.pages().accent()).isEqualTo(new Colour("#0b5cad"));
    assertThat(config.pages().accentDark()).isEqualTo(new Colour("#6cb2ff"));
    assertThat(config.pages().texts().tags()).containsExactly("en", "de");
    assertThat(config.pages().timeZone()).isEqualTo(ZoneId.of("UTC"));
    assertThat(config.pages().myGrants()).isTrue();
    assertThat(config.login())
        .isEqualTo(LoginConfig.usual())
        .isEqualTo(new LoginConfig(Optional.empty(), 5, Optional.of(30), Duration.ofMinutes(15)));
    assertThat(PagesConfig.usual(config.issuer()).name()).isEqualTo("auth.example.com");
  }

  @Test
  void everyKeyHasItsEffect() throws ConfigException, IOException {
    Files.createDirectory(folder.resolve("texts"));
    Files.writeString(folder.resolve("texts/messages_de.properties"), "login.title=Hallo\n");
    Files.writeString(folder.resolve("logo.svg"), SVG);
    Config config =
        read(
            """
            pages:
              name: Sund Bank
              logo: logo.svg
              accent: '#7A1F2B'
              accent_dark: '#ffb4bd'
              languages: [de]
              messages: texts
              time_zone: Europe/Berlin
              my_grants: false
            login: {failures_per_account: 3, failures_per_address: none, window: 1h}
            """);
    assertThat(config.pages().name()).isEqualTo("Sund Bank");
    assertThat(config.pages().logo().orElseThrow().mediaType()).isEqualTo("image/svg+xml");
    assertThat(config.pages().accent()).isEqualTo(new Colour("#7a1f2b"));
    assertThat(config.pages().accentDark()).isEqualTo(new Colour("#ffb4bd"));
    assertThat(config.pages().texts().tags()).containsExactly("de");
    assertThat(config.pages().timeZone()).isEqualTo(ZoneId.of("Europe/Berlin"));
    assertThat(config.pages().myGrants()).isFalse();
    assertThat(config.login())
        .isEqualTo(new LoginConfig(Optional.empty(), 3, Optional.empty(), Duration.ofHours(1)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "accent: '#777777'         | has a contrast of 4.4:1 to the #ffffff of the buttons",
        "accent: '#FFFFFF'         | has a contrast of 1.0:1 to the #ffffff",
        "accent_dark: '#0b5cad'    | :1 to the #131a24 of the buttons; 4.5:1 is needed",
        "accent: blue              | must be a colour in the form '#rrggbb'",
        "accent: '#fff'            | must be a colour in the form '#rrggbb'",
        "accent: '#12345g'         | must be a colour in the form '#rrggbb'",
        "languages: []             | must not be an empty list",
        "languages: [en, en]       | names a language twice",
        "languages: [e]            | must be a language tag",
        "languages: [en_US]        | must be a language tag",
        "languages: [en, fr]       | messages_fr.properties is missing or lacks: page.problem",
        "messages: nowhere         | no folder at",
        "logo: nowhere.svg         | no readable file at",
        "name: ''                  | must not be empty",
        "time_zone: Berlin         | must be the name of a time zone",
        "time_zone: +02:00         | must be the name of a time zone",
        "time_zone: GMT+2          | must be the name of a time zone",
        "my_grants: perhaps        | must be true or false",
        "colour: red               | is not a key; there are: name, logo, accent"
      })
  void refusesPagesThatCannotBe(String line, String fault) {
    assertThat(problem("pages:\n  " + line + "\n")).contains(fault);
  }

  @Test
  void takesAColourAtTheBound() throws ConfigException {
    assertThat(read("pages: {accent: '#767676'}\n").pages().accent().contrastTo(PagesConfig.LIGHT))
        .isCloseTo(4.54, within(0.01));
    assertThat(new Colour("#000000").contrastTo(new Colour("#ffffff")))
        .isCloseTo(21.0, within(0.001));
    assertThatThrownBy(
            () ->
                new PagesConfig(
                    "x",
                    Optional.empty(),
                    new Colour("#777777"),
                    PagesConfig.ACCENT_DARK,
                    dev.countersign.server.text.Texts.builtIn(),
                    ZoneOffset.UTC,
                    true))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void namesEachFaultOfAnOwnFile() throws IOException {
    Files.writeString(folder.resolve("messages_en.properties"), "login.titel=x\n");
    assertThat(problem("pages: {messages: .}\n"))
        .contains("pages.messages: ", "messages_en.properties: login.titel is not a message");
  }

  @Test
  void knowsALogoByItsContent() throws IOException, ConfigException {
    assertThat(logoType(PNG)).isEqualTo("image/png");
    assertThat(logoType(Arrays.copyOf(PNG, 256 * 1024))).isEqualTo("image/png");
    assertThat(logoType(SVG.getBytes(UTF_8))).isEqualTo("image/svg+xml");
    String head = "<?xml version='1.0'?>\n<!-- x -->\n";
    assertThat(logoType((head + SVG).getBytes(UTF_8))).isEqualTo("image/svg+xml");
  }

  @Test
  void refusesALogoThatIsNeitherSvgNorPngOrTooLarge() throws IOException {
    String fault = "is neither SVG nor PNG, or larger than 256 KiB";
    assertThat(logoProblem(Arrays.copyOf(PNG, 256 * 1024 + 1))).contains(fault);
    assertThat(logoProblem(new byte[0])).contains(fault);
    assertThat(logoProblem(Arrays.copyOf(PNG, 8))).contains(fault);
    for (String text :
        List.of(
            "GIF89a",
            "<html xmlns='http://www.w3.org/1999/xhtml'/>",
            "<svg/>",
            "<svg xmlns='http://www.w3.org/2000/svg'>",
            SVG + "<svg/>",
            "<!DOCTYPE svg [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"
                + "<svg xmlns='http://www.w3.org/2000/svg'>&x;</svg>")) {
      assertThat(logoProblem(text.getBytes(UTF_8))).as(text).contains(fault);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "failures_per_account: 0      | a whole number from 1 to 100",
        "failures_per_account: 101    | a whole number from 1 to 100",
        "failures_per_account: none   | a whole number from 1 to 100",
        "failures_per_address: 0      | a whole number from 1 to 100000",
        "failures_per_address: '30'   | a whole number from 1 to 100000",
        "failures_per_address: 100001 | a whole number from 1 to 100000",
        "window: 2d                   | must be at most 1d (our choice",
        "failures: 3                  | is not a key"
      })
  void refusesAThrottleThatCannotBe(String line, String fault) {
    assertThat(problem("login:\n  " + line + "\n")).contains(fault);
  }

  @Test
  void takesADescriptionForAllOrOneForEachLanguage() throws ConfigException {
    List<ScopeConfig> scopes =
        read("""
        scopes:
          - {name: a, description: See it}
          - {name: b, description: {de: Es sehen, en: See it}}
        """)
            .scopes();
    assertThat(scopes.get(0).description().in(Locale.GERMAN)).isEqualTo("See it");
    assertThat(scopes.get(1).description().in(Locale.GERMAN)).isEqualTo("Es sehen");
    assertThat(scopes.get(1).description().in(Locale.ENGLISH)).isEqualTo("See it");
    assertThat(scopes.get(1).description().in(Locale.FRENCH)).isEqualTo("Es sehen");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{}", "{en: ''}", "{en: 7}", "{english language: x}", "{en: x, EN: y}", "[x]"})
  void refusesADescriptionThatCannotBe(String description) {
    assertThat(problem("scopes: [{name: a, description: " + description + "}]\n"))
        .contains("scopes[0].description");
  }
}
