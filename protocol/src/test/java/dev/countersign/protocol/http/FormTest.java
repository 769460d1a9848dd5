package dev.countersign.protocol.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.protocol.refusal.RefusalException;
import dev.countersign.requirement.Requirement;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormTest {

  @Test
  void readsParametersInTheirOrder() {
    Form form = body("b=1&a=2&c=x%3Dy%26z");

    assertThat(form.names()).containsExactly("b", "a", "c");
    assertThat(form.value("c")).contains("x=y&z");
    assertThat(form.value("d")).isEmpty();
  }

  @Test
  void readsPlusAsSpaceAndEscapesAsUtf8() {
    assertThat(body("scope=openid+accounts&n=%C3%A4%E2%82%AC+%2B").value("scope"))
        .contains("openid accounts");
    assertThat(body("n=%C3%A4%E2%82%AC+%2B").value("n")).contains("ä€ +");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"scope=a&scope=b", "scope=a&scope=a", "x=1&x=2", "s=&s=a", "s=a&s", "%61=1&a=2"})
  @Requirement({"OA-5"})
  void refusesANameThatComesTwice(String text) {
    assertRefused(text, "a parameter is repeated");
  }

  @Test
  @Requirement({"OA-11"})
  void letsResourceRepeat() {
    assertThat(body("resource=urn:a&resource=urn:b&resource=").values("resource"))
        .containsExactly("urn:a", "urn:b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"scope=", "scope", "scope=&a=b", "a=b&&"})
  @Requirement({"OA-5"})
  void takesAnEmptyValueForAbsent(String text) {
    Form form = body(text);

    assertThat(form.value("scope")).isEmpty();
    assertThat(form.has("scope")).isFalse();
    assertThat(form.names()).doesNotContain("scope");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a=%", "a=%4", "a=%4g", "a=%g4", "a=%-1", "%=a", "a=1%&b=2", "a=%%41"})
  @Requirement({"OA-5"})
  void refusesABrokenPercentEscape(String text) {
    assertRefused(text, "a percent escape is broken");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a=%ff", // no such byte
        "a=%c0%af", // overlong
        "a=%e0%80%80", // overlong
        "a=%ed%a0%80", // a surrogate
        "a=%f4%90%80%80", // beyond Unicode
        "a=%c3", // cut off
        "%80=a",
      })
  @Requirement({"OA-5"})
  void refusesWhatIsNotUtf8(String text) {
    assertRefused(text, "a parameter is not UTF-8");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a=b c", "a=b\r\n", "a=ä", "a=\u007f", "a=b\t", " a=b"})
  void refusesACharacterThatMustBeEscaped(String text) {
    assertRefused(text, "a parameter has a character that must be escaped");
  }

  @Test
  void refusesANulAndAValueWithoutName() {
    assertRefused("a=b%00", "a parameter has a NUL");
    assertRefused("=b", "a parameter has no name");
  }

  @Test
  void refusesMoreThan200Parameters() {
    String most =
        IntStream.range(0, 200).mapToObj(i -> "p" + i + "=1").collect(Collectors.joining("&"));

    assertThat(body(most).names()).hasSize(200);
    assertRefused(most + "&q=1", "there are too many parameters");
  }

  @Test
  void readsAQueryTheSameWay() {
    assertThat(Form.parseQuery("code=a+b&iss=https%3A%2F%2Fas.example").value("iss"))
        .contains("https://as.example");
    assertThat(Form.parseQuery("").names()).isEmpty();
    assertThatThrownBy(() -> Form.parseQuery("iss=a&iss=b")).isInstanceOf(RefusalException.class);
    assertThatThrownBy(() -> Form.parseQuery("a=ı")).isInstanceOf(RefusalException.class);
  }

  @Test
  @Requirement({"OA-3"})
  void refusesAMissingParameterByItsName() {
    assertThat(body("code=a").required("code")).isEqualTo("a");
    assertThatThrownBy(() -> body("code=").required("code", "OA-6"))
        .isInstanceOfSatisfying(
            RefusalException.class,
            refused -> {
              assertThat(refused.refusal().description()).isEqualTo("parameter code is missing");
              assertThat(refused.refusal().rule().value()).isEqualTo("OA-6");
            });
  }

  @Test
  void writesWhatItReads() {
    Form form =
        Form.builder()
            .add("state", "a b&c=d+e/ü€😀%")
            .add("resource", "urn:a")
            .add("resource", "urn:b")
            .add("nonce", Optional.empty())
            .add("empty", "")
            .build();

    assertThat(form.names()).containsExactly("state", "resource");
    assertThat(body(form.encode())).isEqualTo(form);
    assertThat(Form.parseQuery(form.encode())).isEqualTo(form);
  }

  @Test
  void refusesToBuildWhatItWouldNotRead() {
    Form.Builder builder = Form.builder().add("code", "a");

    assertThatThrownBy(() -> builder.add("code", "b")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void showsNamesOnly() {
    assertThat(body("code=s3cret")).hasToString("Form[code]");
  }

  private static Form body(String text) {
    return Form.parseBody(text.getBytes(StandardCharsets.UTF_8));
  }

  private static void assertRefused(String text, String description) {
    assertThatThrownBy(() -> body(text))
        .isInstanceOfSatisfying(
            RefusalException.class,
            refused -> {
              Refusal.OAuth refusal = (Refusal.OAuth) refused.refusal();
              assertThat(refusal.error()).isEqualTo(OAuthError.INVALID_REQUEST);
              assertThat(refusal.description()).isEqualTo(description);
            });
  }
}
