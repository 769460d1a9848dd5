package dev.countersign.protocol.httpsig;

import static dev.countersign.protocol.httpsig.HandSigned.assertRefused;
import static dev.countersign.protocol.httpsig.HandSigned.parameters;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.protocol.http.Headers;
import dev.countersign.requirement.Requirement;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a signature may cover, what it may not, and how it is written. */
class SignatureBaseTest {
  private static final Headers HEADERS =
      Headers.of(
          List.of(
              Map.entry("Content-Type", "application/json"),
              Map.entry("Example-Dict", " a=1,    b=2;x=1;y=2,   c=(a   b   c), d\t"),
              Map.entry("Priority", "u=1,   i"),
              Map.entry("Cache-Status", "a;hit,  b"),
              Map.entry("Client-Cert", " :AAAA: "),
              Map.entry("Not-A-Dict", "\"text\""),
              Map.entry("Latin", "caf\u00e9"),
              Map.entry("Wide", "\u20ac"),
              Map.entry("Del", "a\u007fb"),
              Map.entry("Tab", "a\tb"),
              Map.entry("X-Two", "one"),
              Map.entry("X-Two", "  two ")));
  private static final Headers TRAILERS =
      Headers.of(List.of(Map.entry("Expires", "Wed, 9 Nov 2022 07:28:00 GMT")));
  private static final RequestMessage REQUEST =
      new RequestMessage("POST", "https://a.example/path?a=1&b=2&b=3&=4", HEADERS, TRAILERS);
  private static final ResponseMessage RESPONSE =
      new ResponseMessage(
          200,
          Headers.of(List.of(Map.entry("Content-Type", "text/plain"))),
          Headers.of(List.of(Map.entry("Expires", "0"))),
          REQUEST);

  private static String value(String component) throws Exception {
    return line(SignatureBase.of(REQUEST, parameters("(" + component + ")")), component);
  }

  private static String valueInResponse(String component) throws Exception {
    return line(SignatureBase.of(RESPONSE, parameters("(" + component + ")")), component);
  }

  private static String line(byte[] base, String component) {
    String first = new String(base, US_ASCII).lines().findFirst().orElseThrow();
    assertThat(first).startsWith(component + ": ");
    return first.substring(component.length() + 2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "\"example-dict\" | a=1,    b=2;x=1;y=2,   c=(a   b   c), d",
        "\"example-dict\";key=\"a\" | 1",
        "\"example-dict\";key=\"b\" | 2;x=1;y=2",
        "\"example-dict\";key=\"c\" | (a b c)",
        "\"example-dict\";key=\"d\" | ?1",
        "\"example-dict\";sf;key=\"c\" | (a b c)",
        "\"priority\";sf | u=1, i",
        "\"cache-status\";sf | a;hit, b",
        "\"client-cert\";sf | :AAAA:",
        "\"x-two\" | one, two",
        "\"x-two\";bs | :b25l:, :dHdv:",
        "\"latin\";bs | :Y2Fm6Q==:",
        "\"expires\";tr | Wed, 9 Nov 2022 07:28:00 GMT",
        "\"@query-param\";name=\"a\" | 1",
        "\"@query-param\";name=\"\" | 4"
      })
  @Requirement({"SIG-2", "SIG-3", "SIG-4"})
  void writesWhatIsThere(String component, String value) throws Exception {
    assertThat(value(component)).isEqualTo(value);
  }

  @Test
  @Requirement("SIG-4")
  void keepsATabWithinAValue() throws Exception {
    assertThat(value("\"tab\"")).isEqualTo("a\tb");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"content-type\";foo",
        "\"content-type\";sf=?0",
        "\"content-type\";sf=1",
        "\"content-type\";bs=\"1\"",
        "\"content-type\";key",
        "\"content-type\";key=a",
        "\"content-type\";name=\"a\"",
        "\"content-type\";sf",
        "\"priority\";sf;bs",
        "\"priority\";bs;key=\"u\"",
        "\"priority\";key=\"x\"",
        "\"cache-status\";key=\"a\"",
        "\"client-cert\";key=\"a\"",
        "\"not-a-dict\";key=\"a\"",
        "\"x-absent\"",
        "\"content-type\";tr",
        "\"expires\"",
        "\"content-type\";req",
        "\"@method\";req",
        "\"@method\";sf",
        "\"@method\";bs",
        "\"@method\";tr",
        "\"@method\";key=\"a\"",
        "\"@method\";name=\"a\"",
        "\"@query-param\"",
        "\"@query-param\";name=a",
        "\"@foo\"",
        "\"@\"",
        "\"\"",
        "\"@signature-params\"",
        "\"@METHOD\"",
        "\"Content-Type\"",
        "\"content type\"",
        "\"content:type\"",
        "content-type",
        ":AAAA:"
      })
  @Requirement({"SIG-2", "SIG-6"})
  void refusesAComponentThatNamesNothing(String component) {
    assertRefused("SIG-2", () -> value(component));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"@status\"",
        "\"@query-param\";name=\"b\"",
        "\"@query-param\";name=\"c\"",
        "\"@query-param\";name=\"A\"",
        "\"@query-param\";name=\"%61\""
      })
  @Requirement("SIG-3")
  void refusesADerivedValueThatARequestDoesNotHave(String component) {
    assertRefused("SIG-3", () -> value(component));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"latin\"", "\"wide\"", "\"wide\";bs", "\"del\""})
  @Requirement("SIG-5")
  void refusesValuesThatAreNotAscii(String component) {
    assertRefused("SIG-5", () -> value(component));
  }

  @Test
  @Requirement({"SIG-4", "SIG-5"})
  void neverSeesALineEnd() {
    for (String value : List.of("a\nb", "a\r\n b", "\"@method\": GET\n")) {
      assertThatThrownBy(() -> Headers.of(List.of(Map.entry("X-Folded", value))))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertRefused(
        "SIG-5",
        () ->
            SignatureBase.of(
                new RequestMessage("GET\n", "https://a.example/", HEADERS, Headers.NONE),
                parameters("(\"@method\")")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"@method\" \"@method\"",
        "\"content-type\" \"@method\" \"content-type\"",
        "\"expires\";tr;bs \"expires\";bs;tr",
        "\"priority\";key=\"u\" \"priority\";key=\"u\""
      })
  @Requirement("SIG-2")
  void refusesAComponentThatComesTwice(String list) {
    assertRefused("SIG-2", () -> parameters("(" + list + ")"));
  }

  @Test
  @Requirement({"SIG-2", "SIG-5"})
  void coversOneFieldInSeveralWays() throws Exception {
    String list = "(\"priority\" \"priority\";key=\"u\" \"priority\";key=\"i\" \"priority\";bs)";
    assertThat(new String(SignatureBase.of(REQUEST, parameters(list)), US_ASCII))
        .isEqualTo(
            """
            "priority": u=1,   i
            "priority";key="u": 1
            "priority";key="i": ?1
            "priority";bs: :dT0xLCAgIGk=:
            "@signature-params": \
            """
                + list);
  }

  @ParameterizedTest
  @CsvSource({
    "\"@status\", 200",
    "\"content-type\", text/plain",
    "\"content-type\";req, application/json",
    "\"expires\";tr, 0",
    "\"expires\";tr;req, 'Wed, 9 Nov 2022 07:28:00 GMT'",
    "\"priority\";req;key=\"u\", 1",
    "\"priority\";sf;req, 'u=1, i'",
    "\"@method\";req, POST",
    "\"@query-param\";name=\"a\";req, 1"
  })
  @Requirement({"SIG-2", "SIG-3"})
  void writesOfAResponseAndItsRequest(String component, String value) throws Exception {
    assertThat(valueInResponse(component)).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource({
    "\"@method\", SIG-3",
    "\"@target-uri\", SIG-3",
    "\"@query-param\";name=\"a\", SIG-3",
    "\"@status\";req, SIG-2",
    "\"priority\", SIG-2",
    "\"x-absent\";req, SIG-2"
  })
  @Requirement({"SIG-2", "SIG-3"})
  void refusesOfAResponseWhatItDoesNotHave(String component, String rule) {
    assertRefused(rule, () -> valueInResponse(component));
  }

  @Test
  @Requirement({"SIG-2", "SIG-5"})
  void hasBounds() throws Exception {
    assertThat(parameters("(" + names(64) + ")").components()).hasSize(64);
    assertRefused("SIG-2", () -> parameters("(" + names(65) + ")"));

    RequestMessage large =
        RequestMessage.of(
            "GET",
            URI.create("https://a.example/"),
            Headers.of(List.of(Map.entry("x", "a".repeat(120_000)))));
    assertThat(SignatureBase.of(large, parameters("(\"x\")"))).hasSizeGreaterThan(120_000);
    assertRefused(
        "SIG-5", () -> SignatureBase.of(large, parameters("(\"x\" \"x\";bs \"@method\")")));
  }

  private static String names(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "\"x" + i + '"')
        .collect(Collectors.joining(" "));
  }

  @ParameterizedTest
  @CsvSource({
    "CONNECT, https://www.example.com:80, www.example.com:80",
    "OPTIONS, https://www.example.com, *",
    "OPTIONS, https://www.example.com/, /",
    "OPTIONS, https://www.example.com?a=b, /?a=b",
    "GET, https://www.example.com, /"
  })
  @Requirement("SIG-3")
  void writesTheRequestTargetAsItStandsInTheRequestLine(String method, String target, String line)
      throws Exception {
    RequestMessage request = new RequestMessage(method, target, Headers.NONE, Headers.NONE);
    assertThat(
            line(
                SignatureBase.of(request, parameters("(\"@request-target\")")),
                "\"@request-target\""))
        .isEqualTo(line);
  }

  @ParameterizedTest
  @CsvSource({
    "https://WWW.example.com:443/, www.example.com",
    "https://www.example.com:/, www.example.com",
    "https://www.example.com:80/, www.example.com:80",
    "http://www.example.com:443/, www.example.com:443",
    "HTTP://www.example.com:80/, www.example.com",
    "https://[2001:DB8::443]/, [2001:db8::443]",
    "https://[2001:db8::1]:443/, [2001:db8::1]",
    "https://a_b.example/, a_b.example"
  })
  @Requirement("SIG-3")
  void writesTheAuthorityInOneForm(URI target, String authority) throws Exception {
    RequestMessage request = RequestMessage.of("GET", target, Headers.NONE);
    assertThat(line(SignatureBase.of(request, parameters("(\"@authority\")")), "\"@authority\""))
        .isEqualTo(authority);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/path",
        "https:/path",
        "https:path",
        "ftp://a.example/",
        "https://a.example/#fragment",
        "https://user@a.example/",
        "https://user:secret@a.example/",
        "https://a.example/%zz",
        "https://a.example/\u00e9"
      })
  @Requirement("SIG-3")
  void takesNoTargetThatRequestsAreNotSentTo(String target) {
    assertThatThrownBy(() -> new RequestMessage("GET", target, Headers.NONE, Headers.NONE))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
