package dev.countersign.demo.viewer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.countersign.client.ServerRefused;
import dev.countersign.client.Tokens;
import dev.countersign.demo.scene.Exchange;
import dev.countersign.demo.scene.Signing;
import dev.countersign.demo.story.Json;
import dev.countersign.demo.story.MessageKind;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.requirement.Requirement;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way to break a message, really sent: each is refused by its rule. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BreakTest {
  private Show show;
  private Tokens tokens;

  @BeforeAll
  void makeARun() throws Exception {
    show = Show.open();
    tokens = show.wholeRun();
  }

  @AfterAll
  void close() {
    show.close();
  }

  /** Each with the rule that refuses it once the run is over. */
  static Stream<Arguments> ways() {
    return Stream.of(
        arguments("push", Break.LEAVE_OUT_ASSERTION, "SP-5.3.2.2-4"),
        arguments("push", Break.FOREIGN_ASSERTION, "SP-5.4.3-1"),
        arguments("push", Break.ASSERTION_FOR_ANOTHER, "SP-5.3.2.1-8"),
        arguments("push", Break.FOREIGN_REDIRECT, "PAR-9"),
        arguments("push", Break.WITHOUT_CHALLENGE, "PKCE-3"),
        arguments("push", Break.COPY, "CA-3 or DP-15"),
        arguments("authorize", Break.NOT_PUSHED, "SP-5.3.2.2-3"),
        arguments("authorize", Break.OTHER_CLIENT, "PAR-8"),
        arguments("login page", Break.OTHER_BROWSER, "PAR-8"),
        arguments("consent page", Break.OTHER_BROWSER, "PAR-8"),
        arguments("token", Break.FOREIGN_ASSERTION, "SP-5.4.3-1"),
        arguments("token", Break.DROP_PROOF, "DP-4"),
        arguments("token", Break.OTHER_KEY, "DP-16"),
        arguments("token", Break.WRONG_VERIFIER, "PKCE-3"),
        arguments("token", Break.NO_NONCE, "DP-14"),
        arguments("refresh", Break.FOREIGN_ASSERTION, "SP-5.4.3-1"),
        arguments("refresh", Break.ASSERTION_FOR_ANOTHER, "SP-5.3.2.1-8"),
        arguments("refresh", Break.DROP_PROOF, "DP-4"),
        arguments("refresh", Break.COPY, "CA-3 or DP-15"),
        arguments("userinfo", Break.DROP_PROOF, "DP-4"),
        arguments("userinfo", Break.OTHER_KEY, "SP-5.3.4-5"),
        arguments("userinfo", Break.COPY, "DP-15"),
        arguments("accounts", Break.DROP_PROOF, "DP-4"),
        arguments("accounts", Break.OTHER_KEY, "SP-5.3.4-5"),
        arguments("accounts", Break.COPY, "DP-15"),
        arguments("accounts", Break.NO_NONCE, "DP-14"),
        arguments("accounts", Break.AS_BEARER, "DP-12"),
        arguments("accounts", Break.FORGED_TOKEN, "SP-5.4.1-1.1"),
        arguments("accounts", Break.OTHER_REQUEST, "DP-4"),
        arguments("transactions", Break.DROP_PROOF, "DP-4"),
        arguments("transactions", Break.OTHER_KEY, "SP-5.3.4-5"),
        arguments("transactions", Break.COPY, "DP-15"),
        arguments("payment", Break.DROP_PROOF, "DP-4"),
        arguments("payment", Break.OTHER_KEY, "SP-5.3.4-5"),
        arguments("payment", Break.COPY, "DP-15"),
        arguments("payment", Break.NO_NONCE, "DP-14"),
        arguments("payment", Break.CHANGE_AMOUNT, "DP-15"),
        arguments("payment", Break.OVERCHARGE, "RAR-9-1"),
        arguments("push", Break.UNKNOWN_DETAIL, "RAR-5-1"),
        arguments("refresh", Break.MORE_DETAIL, "RAR-6-2"));
  }

  @ParameterizedTest
  @MethodSource("ways")
  @Requirement({
    "CA-3",
    "DP-4",
    "DP-12",
    "DP-14",
    "DP-15",
    "DP-16",
    "PAR-8",
    "PAR-9",
    "PKCE-3",
    "RAR-5-1",
    "RAR-6-2",
    "RAR-9-1",
    "SP-5.3.2.1-8",
    "SP-5.3.2.2-3",
    "SP-5.3.2.2-4",
    "SP-5.3.4-5",
    "SP-5.4.1-1.1",
    "SP-5.4.3-1"
  })
  void isRefusedByItsRule(String kind, Break how, String rules) throws Exception {
    isRefused(show, kind, how, rules);
  }

  /** Breaks the newest message of a kind, and sees that one of these rules refuses it. */
  static void isRefused(Show show, String kind, Break how, String rules) throws Exception {
    JsonObject victim = show.newest(kind);
    JsonObject heard = show.attack(how, victim);
    assertThat(List.of(rules.split(" or "))).contains(rule(heard));
    assertThat(Json.show(heard, "from")).isEqualTo("attacker");
    assertThat(Json.number(heard, "status").orElseThrow()).isIn(400L, 401L, 403L);
    JsonObject attempt = Json.object(heard, "attempt").orElseThrow();
    assertThat(Json.show(attempt, "verdict")).isEqualTo("refused");
    assertThat(Json.number(attempt, "victim")).isEqualTo(Json.number(victim, "number"));
    assertThat(Json.objects(heard, "breaks")).isEmpty();
  }

  @Test
  void areAllTriedHere() {
    assertThat(untried(Signing.AS_EVER, ways()))
        .containsExactly(tuple(Step.TOKEN, Break.REPLAY_CODE));
  }

  /** What the viewer offers and is not among these. */
  static List<Object> untried(Signing signing, Stream<Arguments> ways) {
    List<Object> tried =
        ways.map(Arguments::get).map(way -> (Object) tuple(step((String) way[0]), way[1])).toList();
    List<Object> offered =
        Arrays.stream(Step.values())
            .flatMap(step -> Break.of(step, signing).stream().map(how -> (Object) tuple(step, how)))
            .toList();
    assertThat(offered).containsAll(tried);
    return offered.stream().filter(way -> !tried.contains(way)).toList();
  }

  @Test
  @Requirement({"PAR-6", "SP-5.3.2.2-N3"})
  void worksOnAPageThatWaitsForAnAnswerToo() throws Exception {
    try (Show own = Show.open()) {
      own.leaveAtLogin();
      assertThat(rule(own.attack(Break.OTHER_CLIENT, own.newest("authorize")))).isEqualTo("PAR-6");
      assertThat(rule(own.attack(Break.OTHER_BROWSER, own.newest("login page"))))
          .isEqualTo("SP-5.3.2.2-N3");
    }
  }

  @Test
  void takesTheNonceOfTheRightPlace() throws Exception {
    show.client().userinfo(tokens);
    int before = show.heard().size();
    show.attack(Break.WRONG_VERIFIER, show.newest("token"));
    show.attack(Break.OTHER_KEY, show.newest("userinfo"));
    show.attack(Break.OTHER_KEY, show.newest("accounts"));
    assertThat(show.heard()).hasSize(before + 3);
  }

  @Test
  void movesNoMoney() throws Exception {
    String before = show.readAccounts(tokens);
    show.attack(Break.CHANGE_AMOUNT, show.newest("payment"));
    show.attack(Break.COPY, show.newest("payment"));
    show.attack(Break.OVERCHARGE, show.newest("payment"));
    show.attack(Break.OTHER_REQUEST, show.newest("accounts"));
    assertThat(show.readAccounts(tokens)).isEqualTo(before);
  }

  @Test
  @Requirement("SP-5.3.2.2-9")
  void endsTheGrantWhenACodeIsReplayed() throws Exception {
    try (Show own = Show.open()) {
      Tokens mine = own.connect();
      own.client().userinfo(mine);
      JsonObject way =
          Json.objects(own.newest("token"), "breaks").stream()
              .filter(one -> Json.show(one, "id").equals("replay_code"))
              .findFirst()
              .orElseThrow();
      assertThat(Json.show(way, "warning")).contains("has to ask the person again");
      JsonObject heard = own.attack(Break.REPLAY_CODE, own.newest("token"));
      assertThat(rule(heard)).isEqualTo("SP-5.3.2.2-9");
      assertThatThrownBy(() -> own.client().userinfo(mine)).isInstanceOf(ServerRefused.class);
      assertThatThrownBy(() -> own.client().refresh(mine)).isInstanceOf(ServerRefused.class);
    }
  }

  @Test
  void isCalledByItsNameWhateverCameOfIt() {
    Attempt attempt = new Attempt(Break.OTHER_KEY, 1, Step.ACCOUNTS);
    assertThat(attempt.verdict(heard(Optional.empty()))).isEqualTo(Attempt.Verdict.LET_IN);
    assertThat(attempt.verdict(heard(Optional.of("DP-14"))))
        .isEqualTo(Attempt.Verdict.REFUSED_OTHERWISE);
  }

  /** An exchange that really was, served or refused by this rule. */
  private Exchange heard(Optional<String> rule) {
    return show.heard().stream()
        .filter(one -> one.url().getPath().equals("/accounts"))
        .filter(one -> one.refusal().map(refusal -> refusal.rule().value()).equals(rule))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void isNotPossibleWhereItMakesNoSense() throws Exception {
    long accounts = Json.number(show.newest("accounts"), "number").orElseThrow();
    long challenged = Json.number(show.newest("bank challenged"), "number").orElseThrow();
    assertThat(wish(accounts, "wrong_verifier").statusCode()).isEqualTo(409);
    assertThat(wish(challenged, "drop_proof").statusCode()).isEqualTo(409);
    assertThat(wish(1_000_000, "drop_proof").statusCode()).isEqualTo(409);
    assertThat(wish(accounts, "none_such").statusCode()).isEqualTo(400);
    HttpResponse<String> malformed =
        show.send(show.own("/break").POST(HttpRequest.BodyPublishers.ofString("{")));
    assertThat(malformed.statusCode()).isEqualTo(400);
  }

  private HttpResponse<String> wish(long number, String how) throws Exception {
    JsonObject wish = JsonObject.builder().put("number", number).put("how", how).build();
    return show.send(show.own("/break").POST(HttpRequest.BodyPublishers.ofString(wish.toJson())));
  }

  static String rule(JsonObject heard) {
    return Json.object(heard, "refused").map(rule -> Json.show(rule, "id")).orElse("none");
  }

  private static Step step(String kind) {
    return Optional.of(kind.toUpperCase(Locale.ROOT).replace(' ', '_'))
        .map(MessageKind::valueOf)
        .map(Step::of)
        .orElseThrow();
  }
}
