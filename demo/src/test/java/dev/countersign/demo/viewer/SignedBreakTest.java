package dev.countersign.demo.viewer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.countersign.client.Tokens;
import dev.countersign.demo.scene.Signing;
import dev.countersign.demo.story.Json;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.requirement.Requirement;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way to break a message where all are signed, really sent: each is refused by its rule. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SignedBreakTest {
  private Show show;
  private Tokens tokens;

  @BeforeAll
  void makeARun() throws Exception {
    show = Show.open(Signing.EVERY_MESSAGE);
    tokens = show.wholeRun();
  }

  @AfterAll
  void close() {
    show.close();
  }

  /** What can be broken without signed messages too, and what breaks a signature. */
  static Stream<Arguments> ways() {
    Stream<Arguments> asEver =
        BreakTest.ways()
            .filter(way -> way.get()[1] != Break.CHANGE_AMOUNT)
            .filter(way -> !(way.get()[0].equals("push") && way.get()[1] == Break.COPY));
    return Stream.concat(
        asEver,
        Stream.of(
            // All three were used; nobody says which of them the server names.
            arguments("push", Break.COPY, "CA-3 or DP-15 or JAR-11"),
            arguments("push", Break.UNSIGNED_REQUEST, "MS-5.3.1-1"),
            arguments("push", Break.CHANGED_OBJECT, "SP-5.4.1-1.1"),
            arguments("payment", Break.CHANGED_CONTENT, "SIG-10"),
            arguments("accounts", Break.UNSIGNED, "HS-5.3.1.2-3"),
            arguments("transactions", Break.UNSIGNED, "HS-5.3.1.2-3"),
            arguments("payment", Break.UNSIGNED, "HS-5.3.1.2-3"),
            arguments("accounts", Break.FOREIGN_SIGNATURE, "SIG-8"),
            arguments("transactions", Break.FOREIGN_SIGNATURE, "SIG-8"),
            arguments("payment", Break.FOREIGN_SIGNATURE, "SIG-8"),
            arguments("accounts", Break.OTHER_TAG, "HS-5.3.1.2-4"),
            arguments("payment", Break.OTHER_TAG, "HS-5.3.1.2-4"),
            arguments("accounts", Break.OLD_SIGNATURE, "HS-5.3.1.2-6"),
            arguments("payment", Break.OLD_SIGNATURE, "HS-5.3.1.2-6")));
  }

  @ParameterizedTest
  @MethodSource("ways")
  @Requirement({
    "MS-5.3.1-1",
    "HS-5.3.1.2-3",
    "HS-5.3.1.2-4",
    "HS-5.3.1.2-6",
    "SIG-8",
    "SIG-10",
    "ATT-61"
  })
  void isRefusedByItsRule(String kind, Break how, String rules) throws Exception {
    BreakTest.isRefused(show, kind, how, rules);
  }

  @Test
  void areAllTriedHere() {
    assertThat(BreakTest.untried(Signing.EVERY_MESSAGE, ways()))
        .containsExactlyInAnyOrder(
            tuple(Step.TOKEN, Break.REPLAY_CODE), tuple(Step.CALLBACK, Break.ALTERED_RESPONSE));
  }

  @Test
  void movesNoMoney() throws Exception {
    String before = show.readAccounts(tokens);
    for (Break how :
        List.of(
            Break.CHANGED_CONTENT,
            Break.UNSIGNED,
            Break.FOREIGN_SIGNATURE,
            Break.OTHER_TAG,
            Break.OLD_SIGNATURE,
            Break.COPY,
            Break.OVERCHARGE)) {
      show.attack(how, show.newest("payment"));
    }
    assertThat(show.readAccounts(tokens)).isEqualTo(before);
  }

  @Test
  void isRefusedByItsRuleAlsoWhereTheReaderTookTwoMinutes() throws Exception {
    try (Show own = Show.open(Signing.EVERY_MESSAGE)) {
      own.pay(own.connect());
      own.later(Duration.ofMinutes(2));
      JsonObject changed = own.attack(Break.CHANGED_CONTENT, own.newest("payment"));
      assertThat(BreakTest.rule(changed)).isEqualTo("SIG-10");
      JsonObject copied = own.attack(Break.COPY, own.newest("payment"));
      assertThat(BreakTest.rule(copied)).isEqualTo("HS-5.3.1.2-6");
      assertThat(Json.object(copied, "attempt").map(attempt -> Json.show(attempt, "verdict")))
          .contains("refused");
    }
  }

  @Test
  void tellsWhatIsSignedInWords() throws Exception {
    JsonObject payment = show.newest("payment");
    JsonObject request = signed(payment, "HTTP request");
    assertThat(Json.show(request, "signer")).isEqualTo("the client's key for messages");
    String payments = show.scene().addresses().bank() + "/payments";
    assertThat(value(request, "covers", "@target-uri")).isEqualTo(payments);
    assertThat(note(request, "@target-uri")).isEqualTo("the whole URL");
    assertThat(value(request, "covers", "content-digest")).startsWith("sha-256=:");
    assertThat(value(request, "covers", "dpop")).endsWith("\u2026").hasSizeLessThan(10);
    assertThat(value(request, "covers", "authorization")).startsWith("DPoP ").hasSizeLessThan(15);
    assertThat(value(request, "claims", "content")).isEqualTo("as it was signed");
    JsonObject answer = signed(payment, "HTTP answer");
    assertThat(Json.show(answer, "signer")).isEqualTo("the bank");
    assertThat(value(answer, "covers", "@status")).isEqualTo("201");
    assertThat(value(answer, "covers", "@method;req")).isEqualTo("POST");
    assertThat(value(answer, "covers", "signature;req")).startsWith("sig1=:").hasSizeLessThan(10);
    assertThat(note(answer, "signature;req")).isEqualTo("of the request: the signature");
    JsonObject object = signed(show.newest("push"), "request object");
    assertThat(value(object, "claims", "response_mode")).isEqualTo("jwt");
    JsonObject response = signed(show.newest("consent"), "authorization response");
    assertThat(Json.show(response, "place")).isEqualTo("answer");
    assertThat(Json.show(response, "signer")).isEqualTo("the authorization server");
    assertThat(value(response, "claims", "code")).endsWith("\u2026").hasSizeLessThan(10);
  }

  @Test
  void showsWhatTheServerTellsTheBankOfAToken() throws Exception {
    JsonObject asked = show.newest("introspection");
    assertThat(Json.show(asked, "from")).isEqualTo("bank");
    JsonObject answer = signed(asked, "introspection answer");
    assertThat(Json.show(answer, "place")).isEqualTo("answer");
    assertThat(Json.show(answer, "signer")).isEqualTo("the authorization server");
    assertThat(value(answer, "claims", "token_introspection.active")).isEqualTo("true");
    assertThat(value(answer, "claims", "token_introspection.client_id")).isEqualTo("sunny-budget");
    assertThat(value(answer, "header", "typ")).isEqualTo("token-introspection+jwt");
  }

  @Test
  void tellsThatContentIsNotWhatWasSigned() throws Exception {
    JsonObject heard = show.attack(Break.CHANGED_CONTENT, show.newest("payment"));
    assertThat(value(signed(heard, "HTTP request"), "claims", "content")).startsWith("NOT as");
    JsonObject object =
        signed(show.attack(Break.CHANGED_OBJECT, show.newest("push")), "request object");
    assertThat(Json.isTrue(object, "verified")).isFalse();
  }

  private static JsonObject signed(JsonObject message, String what) {
    return Json.objects(message, "signed").stream()
        .filter(one -> Json.show(one, "what").equals(what))
        .findFirst()
        .orElseThrow();
  }

  private static String value(JsonObject signed, String list, String name) {
    return Json.show(field(signed, list, name), "value");
  }

  private static String note(JsonObject signed, String covered) {
    return Json.show(field(signed, "covers", covered), "note");
  }

  private static JsonObject field(JsonObject signed, String list, String name) {
    return Json.objects(signed, list).stream()
        .filter(field -> Json.show(field, "name").equals(name))
        .findFirst()
        .orElseThrow();
  }
}
