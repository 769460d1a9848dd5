package dev.countersign.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.protocol.http.FapiInteractionId;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.oauth.RedirectUri;
import dev.countersign.protocol.oauth.State;
import dev.countersign.protocol.pkce.CodeVerifier;
import dev.countersign.requirement.Requirement;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class InMemoryTransactionStoreTest {

  private static final Instant NOW = Instant.parse("2026-01-15T10:00:00Z");
  private static final Issuer ISSUER = new Issuer("https://as.example");
  private static final SecureRandom RANDOM = new SecureRandom();

  private final InMemoryTransactionStore store = new InMemoryTransactionStore(2);
  private final BrowserSession session = BrowserSession.random(RANDOM);

  private Transaction transaction(String state) {
    return transaction(session, state);
  }

  private static Transaction transaction(BrowserSession session, String state) {
    return new Transaction(
        session.digest(),
        new State(state),
        ISSUER,
        new RedirectUri("https://client.example/callback"),
        CodeVerifier.random(RANDOM),
        Optional.empty(),
        FlowRequest.of("a"),
        new FapiInteractionId(new UUID(0, 0)),
        NOW,
        NOW.plus(Duration.ofMinutes(1)));
  }

  private Optional<Transaction> take(String state, Instant now) {
    return store.take(ISSUER, session.digest(), new State(state), now);
  }

  @Test
  @Requirement({"SP-6.4", "SP-5.3.3.2-4"})
  void handsATransactionOutOnce() {
    store.keep(transaction("a"), NOW);
    assertThat(take("a", NOW)).isPresent();
    assertThat(take("a", NOW)).isEmpty();
  }

  @Test
  @Requirement("SP-6.4")
  void handsATransactionToOneOfManyRacers() throws Exception {
    store.keep(transaction("a"), NOW);
    Callable<Optional<Transaction>> racer = () -> take("a", NOW);
    List<Callable<Optional<Transaction>>> racers = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      racers.add(racer);
    }
    int winners = 0;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Optional<Transaction>> taken : threads.invokeAll(racers)) {
        winners += taken.get().isPresent() ? 1 : 0;
      }
    }
    assertThat(winners).isEqualTo(1);
  }

  @Test
  @Requirement("SP-5.3.3.2-4")
  void leavesItToItsOwnSessionAndIssuer() {
    store.keep(transaction("a"), NOW);
    State state = new State("a");
    BrowserSession other = BrowserSession.random(RANDOM);
    assertThat(store.take(ISSUER, other.digest(), state, NOW)).isEmpty();
    Issuer otherIssuer = new Issuer("https://other.example");
    assertThat(store.take(otherIssuer, session.digest(), state, NOW)).isEmpty();
    assertThat(take("a", NOW)).isPresent();
  }

  @Test
  void endsATransactionAtItsInstant() {
    store.keep(transaction("a"), NOW);
    store.keep(transaction("b"), NOW);
    assertThat(take("a", NOW.plusSeconds(60).minusNanos(1))).isPresent();
    assertThat(take("b", NOW.plusSeconds(60))).isEmpty();
  }

  @Test
  void forgetsTheOldestWhenFull() {
    store.keep(transaction("a"), NOW);
    store.keep(transaction("b"), NOW);
    store.keep(transaction("c"), NOW);
    assertThat(take("a", NOW)).isEmpty();
    assertThat(take("b", NOW)).isPresent();
    assertThat(take("c", NOW)).isPresent();
  }

  @Test
  void oneSessionDoesNotDriveOutTheFlowsOfOthers() {
    InMemoryTransactionStore roomy = new InMemoryTransactionStore(30);
    BrowserSession greedy = BrowserSession.random(RANDOM);
    roomy.keep(transaction("a"), NOW);
    for (int i = 0; i < 100; i++) {
      roomy.keep(transaction(greedy, "g" + i), NOW);
    }
    assertThat(roomy.take(ISSUER, session.digest(), new State("a"), NOW)).isPresent();
    assertThat(roomy.take(ISSUER, greedy.digest(), new State("g79"), NOW)).isEmpty();
    assertThat(roomy.take(ISSUER, greedy.digest(), new State("g80"), NOW)).isPresent();
    assertThat(roomy.take(ISSUER, greedy.digest(), new State("g99"), NOW)).isPresent();
  }

  @Test
  void refusesToKeepNothingAtAll() {
    assertThatThrownBy(() -> new InMemoryTransactionStore(0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void printsNoSecret() {
    Transaction transaction = transaction("the-state");
    assertThat(transaction.toString())
        .doesNotContain("the-state")
        .doesNotContain(transaction.codeVerifier().reveal());
  }
}
