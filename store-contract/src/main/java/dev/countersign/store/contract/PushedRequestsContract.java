package dev.countersign.store.contract;

import static dev.countersign.store.contract.Samples.NOW;
import static dev.countersign.store.contract.Samples.STEP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.requirement.Requirement;
import dev.countersign.store.OnceKey;
import dev.countersign.store.PushedRequest;
import dev.countersign.store.PushedRequests.PushOutcome;
import dev.countersign.store.StoreException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Pushed authorization requests. */
abstract class PushedRequestsContract extends ConcernContract {

  @Test
  void findsAPushedRequest() {
    PushedRequest request = pushed();

    assertThat(store().findRequest(request.requestUri(), NOW)).contains(request);
  }

  @Test
  @Requirement({"PAR-13"})
  void keepsEveryPartOfARequestAndWhetherItWasSigned() {
    for (boolean signed : List.of(true, false)) {
      PushedRequest request =
          new PushedRequest(samples.digest(), Samples.fullRequest(), signed, NOW.plusSeconds(90));
      push(request);

      assertThat(store().findRequest(request.requestUri(), NOW)).contains(request);
      assertThat(store().findInteraction(opened(request), NOW).orElseThrow().request())
          .isEqualTo(request);
    }
  }

  @Test
  void findsNoRequestThatWasNotPushed() {
    pushed();

    assertThat(store().findRequest(samples.digest(), NOW)).isEmpty();
  }

  @Test
  @Requirement({"SP-5.3.2.2-N3"})
  void findsARequestAsOftenAsOneLooks() {
    PushedRequest request = pushed();
    assertThat(store().findRequest(request.requestUri(), NOW)).contains(request);

    assertThat(store().findRequest(request.requestUri(), NOW)).contains(request);
  }

  @Test
  void findsARequestOneNanosecondBeforeItExpires() {
    PushedRequest request = pushed();

    assertThat(store().findRequest(request.requestUri(), request.expiresAt().minus(STEP)))
        .contains(request);
  }

  @Test
  @Requirement({"PAR-8"})
  void findsNoRequestFromTheInstantItExpires() {
    PushedRequest request = pushed();

    assertThat(store().findRequest(request.requestUri(), request.expiresAt())).isEmpty();
  }

  @Test
  @Requirement({"PAR-8"})
  void findsNoRequestThatWasDecided() {
    PushedRequest request = pushed();
    store().refuse(opened(request), NOW);

    assertThat(store().findRequest(request.requestUri(), NOW)).isEmpty();
  }

  @Test
  void usesUpTheKeysOfAPush() {
    OnceKey key = samples.onceKey();
    OnceKey other = samples.onceKey();

    assertThat(store().pushRequest(samples.pushed(), Set.of(key, other), NOW))
        .isEqualTo(new PushOutcome.Pushed());

    assertUsedUp(key);
    assertUsedUp(other);
  }

  @Test
  @Requirement({"CA-3"})
  void keepsNothingWhenAKeyWasUsed() {
    PushedRequest request = samples.pushed();
    OnceKey used = usedKey();
    OnceKey fresh = samples.onceKey();

    assertThat(store().pushRequest(request, Set.of(fresh, used), NOW))
        .isEqualTo(new PushOutcome.Replayed(used));

    assertThat(store().findRequest(request.requestUri(), NOW)).isEmpty();
    assertUsesUp(fresh);
  }

  @Test
  void refusesASecondRequestUnderTheSameUriAndUsesUpNoKey() {
    PushedRequest request = pushed();
    PushedRequest second =
        new PushedRequest(request.requestUri(), Samples.fullRequest(), true, NOW.plusSeconds(90));
    OnceKey key = samples.onceKey();

    assertThatThrownBy(() -> store().pushRequest(second, Set.of(key), NOW))
        .isInstanceOf(StoreException.class);

    assertThat(store().findRequest(request.requestUri(), NOW)).contains(request);
    assertUsesUp(key);
  }
}
