package dev.countersign.demo.tour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.countersign.demo.scene.Party;
import dev.countersign.demo.story.KeyRing;
import dev.countersign.demo.story.MessageKind;
import dev.countersign.demo.story.Observations;
import dev.countersign.demo.story.Sight;
import dev.countersign.demo.story.Signed;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.requirement.Requirement;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TourTest {
  private Recorded tour;

  @BeforeAll
  void runOnce() throws Exception {
    tour = Recorded.run(Observations.standard());
  }

  @Test
  void goesAsItMust() {
    assertThat(tour.summary().failure()).isEmpty();
    assertThat(tour.summary().passed()).isTrue();
    assertThat(tour.summary().messages()).isEqualTo(tour.messages().size());
    assertThat(tour.messages()).allSatisfy(message -> assertThat(message.misses()).isEmpty());
    assertThat(tour.lines().getFirst()).isInstanceOf(TourLine.Opening.class);
    assertThat(tour.lines().getLast()).isEqualTo(tour.summary());
  }

  @Test
  @Requirement({"SP-5.3.4-5", "DP-15", "SP-6.2", "SP-5.3.2.2-9", "RAR-9-1"})
  void showsFiveAttacksRefusedEachByItsRule() {
    assertThat(tour.only(TourLine.AttackRefused.class))
        .extracting(attack -> attack.refused().rule().value())
        .containsExactly("SP-5.3.4-5", "DP-15", "RAR-9-1", "RAR-9-1", "SP-5.3.2.2-9");
    assertThat(tour.summary().attacksRefused()).isEqualTo(5);
    assertThat(tour.text()).contains("Refused: a stolen access token with another key (");
  }

  @Test
  @Requirement({"SP-5.3.2.2-9", "SP-5.3.4-3"})
  void letsTheTokensDieWithTheReplayedCode() {
    List<String> kinds = tour.messages().stream().map(TourLine.Message::kind).toList();
    assertThat(kinds)
        .containsSubsequence(
            "replayed code", "userinfo revoked", "refresh revoked", "bank revoked");
    assertThat(message("userinfo revoked").status()).isEqualTo(401);
    assertThat(message("refresh revoked").status()).isEqualTo(400);
    assertThat(message("bank revoked").status()).isEqualTo(401);
    assertThat(message("bank revoked").refused().orElseThrow().rule().value())
        .isEqualTo("SP-5.3.4-3");
  }

  @Test
  void numbersTheMessagesInTheirOrder() {
    assertThat(tour.messages().stream().map(TourLine.Message::number))
        .containsExactlyElementsOf(
            IntStream.rangeClosed(1, tour.messages().size()).boxed().toList());
  }

  @Test
  void saysBySignatureWhoSignedWhat() {
    assertThat(message("token").signed())
        .extracting(Signed::what, Signed::signer)
        .containsExactly(
            tuple("client assertion", KeyRing.CLIENT),
            tuple("DPoP proof", KeyRing.CLIENT_DPOP),
            tuple("access token", KeyRing.SERVER),
            tuple("ID token", KeyRing.SERVER));
    assertThat(message("stolen token").signed())
        .extracting(Signed::signer)
        .containsExactly(KeyRing.SERVER, KeyRing.ATTACKER);
  }

  @Test
  void tellsTheBankFromTheClientWhenItFetchesTheKeys() {
    assertThat(tour.messages().stream().filter(message -> message.kind().equals("keys")))
        .extracting(TourLine.Message::from)
        .containsExactly(Party.CLIENT, Party.BANK);
  }

  @Test
  void isReadableIn80ColumnsOfAscii() {
    assertThat(tour.text().lines()).allMatch(line -> line.length() <= 80);
    assertThat(tour.text().chars().allMatch(c -> c == '\n' || (c >= 0x20 && c <= 0x7E))).isTrue();
  }

  @Test
  void printsAJsonObjectALine() throws Exception {
    List<String> lines = tour.json().lines().toList();
    assertThat(lines).hasSize(tour.lines().size());
    for (String line : lines) {
      assertThat(JsonObject.parse(line).string("type")).isPresent();
    }
    JsonObject last = JsonObject.parse(lines.getLast());
    assertThat(last.bool("passed")).contains(true);
    assertThat(last.integer("attacks_refused")).contains(5L);
  }

  @Test
  void showsNoSecretWhole() {
    tour.showsNoSecretWhole();
  }

  @Test
  void namesTheRequirementsThatTheSummaryCounts() {
    long different =
        tour.messages().stream()
            .flatMap(message -> message.meets().stream())
            .map(Sight::id)
            .distinct()
            .count();
    assertThat(tour.summary().requirements()).isEqualTo((int) different).isGreaterThan(50);
  }

  @Test
  void isRecognisedMessageByMessageWithoutItsScript() {
    tour.isRecognisedMessageByMessage();
  }

  @Test
  void usesEveryKindOfMessageThatItsScriptHas() {
    Set<MessageKind> live =
        EnumSet.of(
            MessageKind.OBJECT_CHANGED,
            MessageKind.BANK_METADATA,
            MessageKind.BANK_KEYS,
            MessageKind.PAYMENT_CHANGED,
            MessageKind.INTROSPECTION,
            MessageKind.LOGIN_FAILED,
            MessageKind.CONSENT_REMEMBERED,
            MessageKind.DENIED,
            MessageKind.TOKEN_CHALLENGED,
            MessageKind.PAYMENT_DECLINED,
            MessageKind.GRANT_CHALLENGED,
            MessageKind.REVOCATION,
            MessageKind.APP_START,
            MessageKind.APP_CALLBACK,
            MessageKind.APP_PAGE,
            MessageKind.APP_FORM,
            MessageKind.STYLE,
            MessageKind.REFUSED,
            MessageKind.OTHER);
    assertThat(tour.messages().stream().map(TourLine.Message::kind).distinct())
        .containsExactlyInAnyOrderElementsOf(
            EnumSet.complementOf(EnumSet.copyOf(live)).stream().map(MessageKind::word).toList());
  }

  private TourLine.Message message(String kind) {
    return tour.messages().stream()
        .filter(message -> message.kind().equals(kind))
        .findFirst()
        .orElseThrow();
  }
}
