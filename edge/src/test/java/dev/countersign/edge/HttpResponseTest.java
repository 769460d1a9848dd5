package dev.countersign.edge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.requirement.Requirement;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpResponseTest {
  private static final byte[] ONE = {1};

  @Test
  void saysWhatItsBodyIs() {
    HttpResponse json = HttpResponse.json(201, JsonObject.builder().put("a", "\u00e9").build());
    assertThat(json.status()).isEqualTo(201);
    assertThat(json.all("content-type")).containsExactly("application/json");
    assertThat(new String(json.body(), UTF_8)).isEqualTo("{\"a\":\"\u00e9\"}");
    HttpResponse page = HttpResponse.html(400, "<p>\u00e9</p>");
    assertThat(page.all("Content-Type")).containsExactly("text/html; charset=utf-8");
    assertThat(new String(page.body(), UTF_8)).isEqualTo("<p>\u00e9</p>");
  }

  @Test
  void isNotStoredUnlessItSaysSo() {
    assertThat(HttpResponse.empty(404).all("Cache-Control")).containsExactly("no-store");
    assertThat(HttpResponse.html(200, "").all("Cache-Control")).containsExactly("no-store");
    assertThat(HttpResponse.empty(200).with("cache-control", "max-age=60").all("Cache-Control"))
        .containsExactly("max-age=60");
  }

  @Test
  @Requirement({"SP-5.3.2.2-10", "SP-5.3.2.2-11"})
  void redirectsBy303() {
    HttpResponse redirect = HttpResponse.redirect303(URI.create("https://c.example/cb?a=\u00e9"));
    assertThat(redirect.status()).isEqualTo(303);
    assertThat(redirect.all("Location")).containsExactly("https://c.example/cb?a=%C3%A9");
    assertThat(redirect.body()).isEmpty();
  }

  @Test
  void addsAFieldBesideOrInPlaceOfTheOld() {
    HttpResponse two =
        HttpResponse.empty(200).adding("Set-Cookie", "a=1").adding("set-cookie", "b");
    assertThat(two.all("Set-Cookie")).containsExactly("a=1", "b");
    assertThat(two.with("Set-Cookie", "c").all("Set-Cookie")).containsExactly("c");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\rb", "a\nb", "a\r\nX: y", "a\0b", "a\u007f", "\u00e9", " a", "a "})
  void refusesAValueThatIsNotOneField(String value) {
    assertThat(HttpResponse.empty(200).with("X", "a\tb c").all("X")).containsExactly("a\tb c");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HttpResponse.empty(200).with("X", value))
        .withMessageNotContaining(value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a:", "a\r\n", "\u00e9"})
  void refusesANameThatIsNoToken(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HttpResponse.empty(200).adding(name, "x"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Content-Length", "transfer-encoding", "Connection", "Upgrade"})
  void refusesAFieldThatFramesTheMessage(String name) {
    assertThatIllegalArgumentException().isThrownBy(() -> HttpResponse.empty(200).with(name, "1"));
  }

  @Test
  void refusesAValueThatIsTooLong() {
    assertThat(new Header("X", "a".repeat(30_000)).value()).hasSize(30_000);
    assertThatIllegalArgumentException().isThrownBy(() -> new Header("X", "a".repeat(30_001)));
  }

  @ParameterizedTest
  @ValueSource(ints = {199, 600, 101, 0})
  void refusesAStatusOutOfBounds(int status) {
    assertThatIllegalArgumentException().isThrownBy(() -> HttpResponse.empty(status));
  }

  @ParameterizedTest
  @ValueSource(ints = {204, 205, 304})
  void refusesABodyWhereThereIsNone(int status) {
    assertThat(HttpResponse.empty(status).body()).isEmpty();
    assertThatIllegalArgumentException().isThrownBy(() -> new HttpResponse(status, List.of(), ONE));
  }

  @Test
  void keepsItsBodyToItself() {
    byte[] given = {1};
    HttpResponse response = new HttpResponse(200, List.of(), given);
    given[0] = 2;
    response.body()[0] = 3;
    assertThat(response.body()).containsExactly(1);
  }

  @Test
  void showsItsStatusOnly() {
    HttpResponse secret = HttpResponse.html(200, "secret").with("X", "secret");
    assertThat(secret).hasToString("HttpResponse[200]");
  }
}
