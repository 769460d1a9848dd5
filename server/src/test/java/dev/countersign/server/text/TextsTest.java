package dev.countersign.server.text;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.countersign.protocol.http.Headers;
import dev.countersign.requirement.Requirement;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextsTest {
  private static final Path MAIN =
      Path.of(System.getProperty("countersign.root"), "server/src/main");
  private static final Texts TEXTS = Texts.builtIn();

  private static Headers wishes(String... accepted) {
    return Headers.of(
        Stream.of(accepted).map(value -> Map.entry("Accept-Language", value)).toList());
  }

  private static Wording wording(String tag) {
    return TEXTS.choose(Optional.of(tag), Headers.NONE);
  }

  private static Properties file(String tag) throws IOException {
    Properties properties = new Properties();
    properties.load(
        new StringReader(
            Files.readString(
                MAIN.resolve(
                    "resources/dev/countersign/server/text/messages_" + tag + ".properties"))));
    return properties;
  }

  private static Set<String> placeholders(String text) {
    return Pattern.compile("\\{\\d+")
        .matcher(text)
        .results()
        .map(MatchResult::group)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void bothFilesHaveTheSameKeysAndPlaceholders() throws IOException {
    Properties english = file("en");
    Properties german = file("de");
    Set<String> keys = Stream.of(Message.values()).map(Message::key).collect(Collectors.toSet());
    assertThat(english.stringPropertyNames()).isEqualTo(keys);
    assertThat(german.stringPropertyNames()).isEqualTo(keys);
    for (String key : keys) {
      assertThat(placeholders(german.getProperty(key)))
          .as(key)
          .isEqualTo(placeholders(english.getProperty(key)));
    }
  }

  @Test
  void everyMessageIsSaidSomewhere() throws IOException {
    StringBuilder sources = new StringBuilder();
    try (Stream<Path> files = Files.walk(MAIN)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (file.toString().endsWith(".java") || file.toString().endsWith(".jte")) {
          sources.append(Files.readString(file));
        }
      }
    }
    assertThat(Message.values())
        .filteredOn(message -> !message.key().startsWith("claim."))
        .allMatch(
            message ->
                Pattern.compile("Message\\." + message.name() + "\\b").matcher(sources).find());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "de          | de",
        "en          | en",
        "de-AT       | de",
        "fr de-CH en | de",
        "fr en de    | en",
        "DE          | de",
        "fr          | en",
        "de_DE xx    | en",
        "'  de'      | de",
        "<script>    | en",
        "*           | en"
      })
  void takesTheFirstLanguageTheClientAsksForThatThereIs(String uiLocales, String chosen) {
    assertThat(TEXTS.choose(Optional.of(uiLocales), Headers.NONE).tag()).isEqualTo(chosen);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "de                       | de",
        "de-CH, en;q=0.5          | de",
        "en;q=0.5, de;q=0.8       | de",
        "fr, en;q=0.7, de;q=0.3   | en",
        "de;q=0, en;q=0.1         | en",
        "fr                       | en",
        "*                        | en",
        "de;q=nonsense            | en",
        "de;q=2                   | en"
      })
  void takesTheLanguageThatTheBrowserPrefers(String accepted, String chosen) {
    assertThat(TEXTS.choose(wishes(accepted)).tag()).isEqualTo(chosen);
    assertThat(TEXTS.choose(Optional.of("fr"), wishes(accepted)).tag()).isEqualTo(chosen);
  }

  @Test
  void readsAFieldInTwoLinesAndNoneThatIsEndless() {
    assertThat(TEXTS.choose(wishes("fr", "de")).tag()).isEqualTo("de");
    assertThat(TEXTS.choose(wishes("de," + "fr,".repeat(350))).tag()).isEqualTo("en");
    assertThat(TEXTS.choose(Headers.NONE).tag()).isEqualTo("en");
  }

  @Test
  void theClientsWishGoesBeforeTheBrowsers() {
    assertThat(TEXTS.choose(Optional.of("de"), wishes("en")).tag()).isEqualTo("de");
    assertThat(TEXTS.choose(Optional.of("en"), wishes("de")).tag()).isEqualTo("en");
  }

  @Test
  void theFirstLanguageIsForThoseWhoWishNone() throws InvalidTextsException {
    Texts german = Texts.read(List.of(Locale.GERMAN, Locale.ENGLISH), Optional.empty());
    assertThat(german.choose(Headers.NONE).tag()).isEqualTo("de");
    assertThat(german.tags()).containsExactly("de", "en");
    Texts only = Texts.read(List.of(Locale.GERMAN), Optional.empty());
    assertThat(only.choose(wishes("en")).tag()).isEqualTo("de");
  }

  @ParameterizedTest
  @CsvSource({
    "PT0S, one minute, eine Minute",
    "PT1S, one minute, eine Minute",
    "PT60S, one minute, eine Minute",
    "PT61S, 2 minutes, 2 Minuten",
    "PT90M, 90 minutes, 90 Minuten",
    "PT1H, one hour, eine Stunde",
    "PT36H, 36 hours, 36 Stunden",
    "P1D, one day, einen Tag",
    "P90D, 90 days, 90 Tage",
    "P3650D, '3,650 days', 3.650 Tage"
  })
  void saysASpanOfTimeInWords(Duration span, String english, String german) {
    assertThat(wording("en").period(span)).isEqualTo(english);
    assertThat(wording("de").period(span)).isEqualTo(german);
  }

  @Test
  void saysWhatAClaimMeans() {
    assertThat(wording("de").claim("given_name")).isEqualTo("Ihren Vornamen kennen");
    assertThat(wording("en").claim("phone_number_verified"))
        .isEqualTo("Know whether your phone number was checked");
    assertThat(wording("en").claim("shoe_size")).isEqualTo("Know your shoe size");
    assertThat(wording("en").claim("unnamed")).isEqualTo("Know your unnamed");
  }

  @Test
  @Requirement({"A1-37"})
  void readsNoPatternInWhatIsFilledIn() {
    assertThat(wording("en").say(Message.LOGIN_HEADING, "O'Neil {0} {1,choice,0#x}"))
        .isEqualTo("Log in to go on to O'Neil {0} {1,choice,0#x}");
  }

  @Test
  void anOwnFileReplacesSingleSentences(@TempDir Path folder)
      throws IOException, InvalidTextsException {
    Files.writeString(
        folder.resolve("messages_de.properties"),
        "login.title=Grüezi\nlogin.heading={0}: 's Login\n");
    Texts texts = Texts.read(Texts.BUILT_IN, Optional.of(folder));
    Wording german = texts.choose(wishes("de"));
    assertThat(german.say(Message.LOGIN_TITLE)).isEqualTo("Grüezi");
    assertThat(german.say(Message.LOGIN_HEADING, "App")).isEqualTo("App: 's Login");
    assertThat(german.say(Message.LOGIN_CANCEL)).isEqualTo("Abbrechen");
    assertThat(texts.choose(wishes("en")).say(Message.LOGIN_TITLE)).isEqualTo("Log in");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "login.titel=Anmelden          | login.titel is not a message",
        "login.title=                  | login.title is empty",
        "login.heading=Anmelden        | login.heading must have the placeholders [{0}]",
        "login.heading={0} {1}         | login.heading must have the placeholders [{0}]",
        "login.title=Anmelden {0}      | login.title must have the placeholders []",
        "login.heading={0              | login.heading is empty or has braces that do not fit",
        "login.heading={0,nonsense}    | login.heading is empty or has braces that do not fit",
        "consent.asks={0,number}:      | consent.asks is empty or has braces that do not fit",
        "login.throttled={0,choice,0#} | login.throttled is empty or has braces that do not fit",
        "login.title=\\uZZZZ           | has a broken \\u escape"
      })
  void refusesAnOwnFileThatDoesNotFit(String line, String fault, @TempDir Path folder)
      throws IOException {
    Files.writeString(folder.resolve("messages_de.properties"), line + "\n");
    assertThat(faults(Texts.BUILT_IN, folder)).singleElement().asString().contains(fault);
  }

  /** It would be dropped, and the number not be filled in, or not, by the branch it stands in. */
  @ParameterizedTest
  @ValueSource(strings = {"{0,choice,0#d'{0}}", "{0,choice,0#{0} d'}", "{0,choice,0#{0,date,'x'}}"})
  void refusesAnApostropheBetweenBraces(String pattern, @TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("messages_de.properties"), "period.days=" + pattern + "\n");
    assertThat(faults(Texts.BUILT_IN, folder))
        .singleElement()
        .asString()
        .endsWith("period.days has a ' between braces; write ’ there");
  }

  @Test
  void anApostropheOutsideOfBracesStaysAndANumberIsFilledIn(@TempDir Path folder)
      throws IOException, InvalidTextsException {
    Files.writeString(
        folder.resolve("messages_en.properties"), "period.days='{0,choice,0#a|1<d’{0}}' 'days'\n");
    Wording english = Texts.read(Texts.BUILT_IN, Optional.of(folder)).choose(Headers.NONE);
    assertThat(english.period(Duration.ofDays(7))).isEqualTo("'d’7' 'days'");
  }

  @Test
  void refusesAFileThatIsNotUtf8(@TempDir Path folder) throws IOException {
    Files.write(
        folder.resolve("messages_de.properties"),
        "login.title=Gr\u00fc\u00dfe".getBytes(ISO_8859_1));
    assertThat(faults(Texts.BUILT_IN, folder))
        .singleElement()
        .asString()
        .endsWith("messages_de.properties is not UTF-8 text");
  }

  @ParameterizedTest
  @ValueSource(strings = {"fr", "pt-BR"})
  void takesAnotherLanguageOnlyWhole(String tag, @TempDir Path folder)
      throws IOException, InvalidTextsException {
    List<Locale> languages = List.of(Locale.ENGLISH, Locale.forLanguageTag(tag));
    assertThat(faults(languages, folder)).singleElement().asString().contains("login.title");
    Path file = folder.resolve("messages_" + tag + ".properties");
    String whole =
        Files.readString(
            MAIN.resolve("resources/dev/countersign/server/text/messages_en.properties"));
    Files.writeString(file, whole.replace("login.cancel=Cancel", ""));
    assertThat(faults(languages, folder)).singleElement().asString().endsWith(": login.cancel");
    Files.writeString(file, whole.replace("login.title=Log in", "login.title=Bonjour"));
    Texts texts = Texts.read(languages, Optional.of(folder));
    assertThat(texts.choose(wishes(tag)).say(Message.LOGIN_TITLE)).isEqualTo("Bonjour");
  }

  private static List<String> faults(List<Locale> languages, Path folder) {
    return catchThrowableOfType(
            InvalidTextsException.class, () -> Texts.read(languages, Optional.of(folder)))
        .faults();
  }
}
