package dev.countersign.demo.tour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.countersign.demo.scene.Party;
import dev.countersign.demo.scene.Signing;
import dev.countersign.demo.story.Detail;
import dev.countersign.demo.story.KeyRing;
import dev.countersign.demo.story.Observations;
import dev.countersign.demo.story.Signed;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.requirement.Requirement;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SignedTourTest {
  private Recorded tour;

  @BeforeAll
  void runOnce() throws Exception {
    tour = Recorded.run(Signing.EVERY_MESSAGE, Observations.of(Signing.EVERY_MESSAGE));
  }

  @Test
  void goesAsItMust() {
    assertThat(tour.summary().failure()).isEmpty();
    assertThat(tour.summary().passed()).isTrue();
    assertThat(tour.messages()).allSatisfy(message -> assertThat(message.misses()).isEmpty());
    assertThat(tour.text()).startsWith("Countersign tour: ").contains(", every message signed\n");
  }

  @Test
  @Requirement({"HS-5.3.1.2-1", "HS-5.3.1.2-8", "ATT-64", "MS-5.3.1-1"})
  void showsEightAttacksRefusedEachByItsRule() {
    assertThat(tour.only(TourLine.AttackRefused.class))
        .extracting(attack -> attack.refused().rule().value())
        .containsExactly(
            "HS-5.3.1.2-1",
            "DP-15",
            "HS-5.3.1.2-8",
            "ATT-64",
            "MS-5.3.1-1",
            "RAR-9-1",
            "RAR-9-1",
            "SP-5.3.2.2-9");
    assertThat(tour.summary().attacksRefused()).isEqualTo(8);
  }

  @Test
  @Requirement("HS-5.3.1.2-8")
  void paysNothingOfAnAmountThatWasChangedOnTheWay() {
    TourLine.Message changed = message("payment changed");
    assertThat(value(changed.sends(), "instructedAmount.amount")).isEqualTo("92.50");
    assertThat(changed.status()).isEqualTo(401);
    assertThat(changed.refused().orElseThrow().rule().value()).isEqualTo("SIG-10");
    Signed request = signed(changed, "HTTP request");
    assertThat(request.signer()).isEqualTo(KeyRing.CLIENT_MESSAGES);
    assertThat(value(request.claims(), "content")).isEqualTo("NOT what was signed");
    assertThat(signed(changed, "HTTP answer").signer()).isEqualTo(KeyRing.BANK);
    int told = tour.messages().indexOf(changed);
    assertThat(tour.messages().indexOf(messages("accounts").getLast())).isGreaterThan(told);
    assertThat(balance(messages("accounts").getLast())).isEqualTo("1507.50");
  }

  @Test
  @Requirement({"ATT-64", "HS-5.3.2.1-2", "HS-5.3.2.1-3"})
  void letsTheClientRefuseTheAnswerToAnotherRequest() {
    List<TourLine.Message> accounts = messages("accounts");
    assertThat(accounts).hasSize(2);
    assertThat(balance(accounts.getFirst())).isEqualTo("1520.00");
    TourLine.Message asked = accounts.getLast();
    assertThat(balance(asked)).isEqualTo("1507.50");
    assertThat(value(signed(asked, "HTTP answer").claims(), "covers"))
        .contains("@method;req", "@target-uri;req", "signature;req", "signature-input;req");
    int told = tour.lines().indexOf(asked);
    assertThat(tour.lines().get(told + 2))
        .isInstanceOfSatisfying(
            TourLine.AttackRefused.class,
            attack ->
                assertThat(attack.refused().description())
                    .isEqualTo(
                        "the answer is not signed as the resource server's to this request"
                            + " (SIG-7)"));
  }

  @Test
  @Requirement({"MS-5.3.1-1", "MS-5.3.2-1", "MS-5.4.1-1", "MS-5.4.1-N"})
  void saysBySignatureWhoAskedAndWhoAnswered() {
    Signed object = signed(message("push"), "request object");
    assertThat(object.signer()).isEqualTo(KeyRing.CLIENT);
    assertThat(value(object.claims(), "instructedAmount.amount")).isEqualTo("12.50");
    assertThat(message("push").sends())
        .extracting(Detail::name)
        .contains("request")
        .doesNotContain("scope", "redirect_uri", "state");
    Signed response = signed(message("consent"), "authorization response");
    assertThat(response.signer()).isEqualTo(KeyRing.SERVER);
    assertThat(message("consent").answers())
        .extracting(Detail::name)
        .contains("response")
        .doesNotContain("code", "state", "iss");
    Signed changed = signed(message("object changed"), "request object");
    assertThat(changed.signer()).isEqualTo("nobody we know");
    assertThat(value(changed.claims(), "instructedAmount.amount")).isEqualTo("1250.00");
  }

  @Test
  void signsEveryRequestToTheBankAndEveryAnswer() {
    List<TourLine.Message> called =
        tour.messages().stream()
            .filter(message -> message.to() == Party.BANK)
            .filter(
                message ->
                    !message.kind().startsWith("bank m") && !message.kind().equals("bank keys"))
            .toList();
    assertThat(called)
        .hasSizeGreaterThan(8)
        .allSatisfy(
            message ->
                assertThat(message.signed())
                    .extracting(Signed::what)
                    .contains("HTTP request", "HTTP answer"));
    assertThat(message("stolen token").signed())
        .extracting(Signed::what, Signed::signer)
        .contains(tuple("HTTP request", KeyRing.ATTACKER), tuple("HTTP answer", KeyRing.BANK));
  }

  @Test
  @Requirement({"MS-5.5.1-1", "MS-5.5.2-1", "9701-1", "9701-2", "9701-4", "9701-5", "9701-6"})
  void letsTheBankAskAboutEveryTokenBeforeItServesOne() {
    List<TourLine.Message> asked = messages("introspection");
    assertThat(asked)
        .hasSize(8)
        .allSatisfy(
            message -> {
              assertThat(message.from()).isEqualTo(Party.BANK);
              assertThat(signed(message, "client assertion").signer())
                  .isEqualTo(KeyRing.BANK_ASKING);
              Signed answer = signed(message, "introspection answer");
              assertThat(answer.signer()).isEqualTo(KeyRing.SERVER);
              assertThat(value(answer.claims(), "aud")).isEqualTo("harbour-bank");
            });
    assertThat(asked.subList(0, 7))
        .allSatisfy(
            message ->
                assertThat(value(signed(message, "introspection answer").claims(), "active"))
                    .isEqualTo("true"));
    List<Detail> dead = signed(asked.getLast(), "introspection answer").claims();
    assertThat(value(dead, "active")).isEqualTo("false");
    assertThat(dead).extracting(Detail::name).doesNotContain("sub", "scope", "client_id");
    assertThat(asked.getLast().meets())
        .extracting(sight -> sight.id().value())
        .contains("9701-5", "9701-6", "MS-5.5.1-1");
    assertThat(asked.getFirst().meets())
        .extracting(sight -> sight.id().value())
        .doesNotContain("9701-5");
  }

  @Test
  void saysOfAMessageWhatItHasAlone() {
    assertThat(met("payment")).contains("HS-5.3.1.1-8", "HS-5.3.2.1-7");
    // A reading has no content, and a refusal has none either.
    assertThat(met("accounts"))
        .contains("HS-5.3.1.1-7", "HS-5.3.2.1-7")
        .doesNotContain("HS-5.3.1.1-8");
    assertThat(met("bank challenged")).contains("HS-5.3.2.1-6").doesNotContain("HS-5.3.2.1-7");
    // The server had not looked at the object yet.
    assertThat(met("push challenged")).contains("MS-5.3.2-1").doesNotContain("MS-5.3.1-1");
    assertThat(met("push")).contains("MS-5.3.2-1", "MS-5.3.1-1");
  }

  private List<String> met(String kind) {
    return message(kind).meets().stream().map(sight -> sight.id().value()).toList();
  }

  @Test
  void looksAtAResponseBeforeItsCodeIsUsed() {
    assertThat(tour.messages().stream().map(TourLine.Message::kind))
        .containsSubsequence("consent", "keys", "token", "bank metadata", "bank keys", "accounts");
  }

  @Test
  void isReadableIn80ColumnsOfAscii() {
    assertThat(tour.text().lines()).allMatch(line -> line.length() <= 80);
    assertThat(tour.text().chars().allMatch(c -> c == '\n' || (c >= 0x20 && c <= 0x7E))).isTrue();
  }

  @Test
  void showsNoSecretWhole() {
    tour.showsNoSecretWhole();
  }

  @Test
  void saysInJsonThatMessagesAreSigned() throws Exception {
    JsonObject opening = JsonObject.parse(tour.json().lines().findFirst().orElseThrow());
    assertThat(opening.string("profile")).contains("fapi2-message-signing");
  }

  @Test
  void isRecognisedMessageByMessageWithoutItsScript() {
    tour.isRecognisedMessageByMessage();
  }

  private TourLine.Message message(String kind) {
    return messages(kind).getFirst();
  }

  private List<TourLine.Message> messages(String kind) {
    return tour.messages().stream().filter(message -> message.kind().equals(kind)).toList();
  }

  private static Signed signed(TourLine.Message message, String what) {
    return message.signed().stream()
        .filter(signed -> signed.what().equals(what))
        .findFirst()
        .orElseThrow();
  }

  /** Of the first account. */
  private static String balance(TourLine.Message accounts) {
    return value(accounts.answers(), "accounts").split(" EUR", 2)[0].replaceAll(".* ", "");
  }

  private static String value(List<Detail> details, String name) {
    return details.stream()
        .filter(detail -> detail.name().equals(name))
        .map(Detail::value)
        .findFirst()
        .orElseThrow();
  }
}
