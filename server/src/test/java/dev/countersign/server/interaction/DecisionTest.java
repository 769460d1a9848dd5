package dev.countersign.server.interaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.requirement.Requirement;
import dev.countersign.server.BrowserTest;
import dev.countersign.server.kit.Browser;
import dev.countersign.server.kit.Callback;
import dev.countersign.server.kit.People;
import dev.countersign.server.kit.Reply;
import dev.countersign.server.kit.Shown;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** One request, one decision: at the moment of it, not when a page is loaded. */
class DecisionTest extends BrowserTest {

  private static void over(Shown page) {
    assertThat(page.isError(400)).isTrue();
    assertThat(page.document().text()).contains("its time is up or it was answered before");
  }

  private static void isOver(Shown page, Reply reply) {
    over(new Shown(page.action(), reply));
  }

  @Test
  @Requirement({"SP-5.3.2.2-N3", "PAR-8"})
  void aRequestCanBeOpenedAgainAndElsewhereUntilItIsDecided() {
    String requestUri = pushed();
    Browser first = browser();
    Browser second = browser();
    Shown one = first.open(requestUri);
    Shown two = first.open(requestUri);
    Shown three = second.open(requestUri);
    assertThat(List.of(one.url(), two.url(), three.url())).doesNotHaveDuplicates();
    assertThat(first.show(one.url()).isLogin()).isTrue();
    Shown consent = first.loggedIn(two);
    assertThat(first.show(one.url()).isConsent()).isTrue();
    assertThat(first.show(consent.url()).isConsent()).isTrue();
    assertThat(second.show(three.url()).isLogin()).isTrue();
    assertThat(Callback.of(first.press(consent, "allow")).get("code")).isNotEmpty();
  }

  @Test
  @Requirement({"SP-5.3.2.2-N3", "PAR-8", "ATT-13", "A1-05", "A3-03"})
  void onlyTheFirstDecisionCountsAndTheOthersGetAPage() {
    String requestUri = pushed();
    Browser anna = browser();
    Browser ben = browser();
    Shown annas = anna.loggedIn(anna.open(requestUri));
    Shown inAnotherTab = anna.open(requestUri);
    Shown bens = ben.follow(ben.logIn(ben.open(requestUri), People.BEN, People.BENS_PASSWORD));
    Shown atLogin = browser().open(requestUri);

    assertThat(Callback.of(anna.press(annas, "allow")).get("code")).isNotEmpty();

    isOver(annas, anna.press(annas, "allow"));
    isOver(inAnotherTab, anna.press(inAnotherTab, "deny"));
    isOver(bens, ben.press(bens, "allow"));
    isOver(bens, ben.press(bens, "deny"));
    isOver(atLogin, browser().press(atLogin, "cancel"));
    over(anna.show(annas.url()));
    over(ben.show(bens.url()));
    Reply again = ben.authorize(server.app(), requestUri);
    assertThat(new Shown(bens.url(), again).isError(400)).isTrue();
  }

  @Test
  @Requirement({"SP-5.3.2.2-N3"})
  void aNoIsADecisionToo() {
    String requestUri = pushed();
    Browser browser = browser();
    Shown one = browser.loggedIn(browser.open(requestUri));
    Shown two = browser.open(requestUri);
    assertThat(Callback.of(browser.press(one, "deny")).get("error")).isEqualTo("access_denied");
    isOver(two, browser.press(two, "allow"));
  }

  @Test
  @Requirement({"SP-5.3.2.2-N3", "A3-03"})
  void ofDecisionsThatRaceExactlyOneCounts() throws InterruptedException {
    String requestUri = pushed();
    List<Callable<Reply>> yeses = new ArrayList<>();
    Browser browser = browser();
    browser.startLoggedIn();
    for (int i = 0; i < 16; i++) {
      Shown consent = browser.open(requestUri);
      yeses.add(() -> browser.press(consent, "allow"));
    }
    try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Integer> statuses = pool.invokeAll(yeses).stream().map(DecisionTest::status).toList();
      assertThat(statuses).containsOnly(303, 400).containsOnlyOnce(303);
    }
  }

  private static int status(Future<Reply> reply) {
    try {
      return reply.get().status();
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  @Requirement({"ATT-10", "SP-6.4", "A3-02"})
  void whoeverDecidesFirstWinsALeakedRequest() {
    String victimFirst = pushed();
    Browser victim = browser();
    Browser attacker = browser();
    Shown own = victim.loggedIn(victim.open(victimFirst));
    Shown stolen =
        attacker.follow(
            attacker.logIn(attacker.open(victimFirst), People.BEN, People.BENS_PASSWORD));
    assertThat(Callback.of(victim.press(own, "allow")).get("code")).isNotEmpty();
    isOver(stolen, attacker.press(stolen, "allow"));

    // The other order cannot be told apart here: the attacker's answer is one to the client's
    // request. The victim at least sees that the request was answered, and the client calls the
    // token endpoint once for it.
    String attackerFirst = pushed(request().with("prompt", "consent"));
    Shown late = victim.open(attackerFirst);
    Shown early = attacker.open(attackerFirst);
    assertThat(Callback.of(attacker.press(early, "allow")).get("code")).isNotEmpty();
    isOver(late, victim.press(late, "allow"));
  }

  @Test
  @Requirement({"SP-5.3.2.2-N2", "SP-5.3.2.2-12"})
  void aSlowReaderIsNotCutOffWhenTheRequestUriEnds() {
    String requestUri = pushed();
    Browser browser = browser();
    Shown login = browser.open(requestUri);
    server.pass(Duration.ofSeconds(91));
    assertThat(new Shown(login.url(), browser.authorize(server.app(), requestUri)).isError(400))
        .isTrue();
    Shown consent = browser.loggedIn(login);
    server.pass(Duration.ofMinutes(15).minusSeconds(92));
    assertThat(browser.show(consent.url()).isConsent()).isTrue();
    assertThat(Callback.of(browser.press(consent, "allow")).get("code")).isNotEmpty();
  }

  @Test
  void anInteractionEndsAtItsOwnTime() {
    Browser browser = browser();
    Shown consent = browser.startLoggedIn();
    server.pass(Duration.ofMinutes(15).minusSeconds(1));
    assertThat(browser.show(consent.url()).isConsent()).isTrue();
    server.pass(Duration.ofSeconds(1));
    over(browser.show(consent.url()));
    isOver(consent, browser.press(consent, "allow"));
    isOver(consent, browser.press(consent, "deny"));
    Shown login = browser.start(request().with("prompt", "login"));
    server.pass(Duration.ofMinutes(15));
    isOver(login, browser.logIn(login, People.ANNA, People.ANNAS_PASSWORD));
  }
}
