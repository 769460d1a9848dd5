package dev.countersign.store.contract;

import static dev.countersign.store.contract.Samples.NOW;
import static dev.countersign.store.contract.Samples.STEP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.protocol.oauth.SecretDigest;
import dev.countersign.protocol.oauth.Subject;
import dev.countersign.requirement.Requirement;
import dev.countersign.store.CodeRecord;
import dev.countersign.store.Interaction;
import dev.countersign.store.Interactions;
import dev.countersign.store.Interactions.Decision;
import dev.countersign.store.Interactions.OpenOutcome;
import dev.countersign.store.IssuedCode;
import dev.countersign.store.Login;
import dev.countersign.store.PushedRequest;
import dev.countersign.store.StoreException;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Interactions and the decision that ends a request. */
abstract class InteractionsContract extends ConcernContract {

  private static final Instant END = NOW.plusSeconds(600);

  @Test
  void opensAnInteractionAboutAPushedRequest() {
    PushedRequest request = pushed();
    SecretDigest id = samples.digest();
    SecretDigest browser = samples.digest();
    Interaction expected = new Interaction(id, browser, request, Optional.empty(), END);

    assertThat(store().openInteraction(request.requestUri(), id, browser, END, NOW))
        .isEqualTo(new OpenOutcome.Opened(expected));
    assertThat(store().findInteraction(id, NOW)).contains(expected);
  }

  @Test
  void opensOneInTheLastNanosecondOfTheRequest() {
    PushedRequest request = pushed();

    assertThat(open(request, request.expiresAt().minus(STEP)))
        .isInstanceOf(OpenOutcome.Opened.class);
  }

  @Test
  @Requirement({"PAR-8"})
  void opensNoneFromTheInstantTheRequestExpires() {
    PushedRequest request = pushed();

    assertThat(open(request, request.expiresAt())).isEqualTo(new OpenOutcome.RequestGone());
  }

  @Test
  void opensNoneAboutAnUnknownRequest() {
    assertThat(open(samples.pushed(), NOW)).isEqualTo(new OpenOutcome.RequestGone());
  }

  @Test
  @Requirement({"PAR-8", "SP-5.3.2.2-N3"})
  void opensNoneAboutADecidedRequest() {
    PushedRequest request = pushed();
    store().issueCode(opened(request), samples.code(), Samples.consent(), NOW);

    assertThat(open(request, NOW)).isEqualTo(new OpenOutcome.RequestGone());
  }

  @Test
  @Requirement({"SP-5.3.2.2-N3"})
  void opensSeveralAboutOneRequest() {
    PushedRequest request = pushed();
    SecretDigest first = opened(request);
    SecretDigest second = opened(request);

    assertThat(store().findInteraction(first, NOW)).isPresent();
    assertThat(store().findInteraction(second, NOW)).isPresent();
  }

  @Test
  void opensNoMoreAboutOneRequestThanAnybodyNeeds() {
    PushedRequest request = pushed();
    for (int i = 0; i < Interactions.MOST_OPEN; i++) {
      assertThat(open(request, NOW)).isInstanceOf(OpenOutcome.Opened.class);
    }

    assertThat(open(request, NOW)).isEqualTo(new OpenOutcome.TooMany());
    assertThat(open(pushed(), NOW)).isInstanceOf(OpenOutcome.Opened.class);
    assertThat(store().findRequest(request.requestUri(), NOW)).isPresent();
  }

  @Test
  void opensNoneUnderAnIdentifierThatIsThereAlready() {
    PushedRequest request = pushed();
    SecretDigest id = opened(request);

    assertThatThrownBy(
            () -> store().openInteraction(request.requestUri(), id, samples.digest(), END, NOW))
        .isInstanceOf(StoreException.class);
  }

  @Test
  void anInteractionOutlivesItsRequest() {
    PushedRequest request = pushed();
    SecretDigest id = opened(request);
    Instant later = request.expiresAt().plusSeconds(1);
    store().sweep(later, 100);

    assertThat(store().findInteraction(id, later).map(Interaction::request)).contains(request);
    assertThat(store().issueCode(id, samples.code(), Samples.consent(), later))
        .isEqualTo(new Decision.Taken());
  }

  @Test
  void findsAnInteractionOneNanosecondBeforeItExpires() {
    SecretDigest id = opened(pushed());

    assertThat(store().findInteraction(id, END.minus(STEP))).isPresent();
  }

  @Test
  void findsNoneFromTheInstantItExpires() {
    SecretDigest id = opened(pushed());

    assertThat(store().findInteraction(id, END)).isEmpty();
  }

  @Test
  void findsNoUnknownInteraction() {
    opened(pushed());

    assertThat(store().findInteraction(samples.digest(), NOW)).isEmpty();
  }

  @Test
  void notesALogin() {
    SecretDigest id = opened(pushed());

    assertThat(store().recordLogin(id, Samples.login(), NOW)).isTrue();
    assertThat(loginOf(id)).contains(Samples.login());
  }

  @Test
  void aSecondLoginReplacesTheFirst() {
    SecretDigest id = opened(pushed());
    store().recordLogin(id, Samples.login(), NOW);
    Login second = new Login(new Subject("person-2"), NOW, Optional.empty());

    assertThat(store().recordLogin(id, second, NOW)).isTrue();
    assertThat(loginOf(id)).contains(second);
  }

  @Test
  void notesALoginInTheInteractionItWasMadeInOnly() {
    PushedRequest request = pushed();
    SecretDigest other = opened(request);
    store().recordLogin(opened(request), Samples.login(), NOW);

    assertThat(loginOf(other)).isEmpty();
  }

  @Test
  void notesNoLoginFromTheInstantTheInteractionExpires() {
    SecretDigest id = opened(pushed());

    assertThat(store().recordLogin(id, Samples.login(), END)).isFalse();
    assertThat(loginOf(id)).isEmpty();
  }

  @Test
  void notesNoLoginOnceTheRequestIsDecided() {
    PushedRequest request = pushed();
    SecretDigest id = opened(request);
    store().refuse(opened(request), NOW);

    assertThat(store().recordLogin(id, Samples.login(), NOW)).isFalse();
  }

  @Test
  @Requirement({"SP-5.3.2.2-N3"})
  void issuesOneCode() {
    SecretDigest id = opened(pushed());
    IssuedCode code = samples.code();

    assertThat(store().issueCode(id, code, Samples.consent(), NOW)).isEqualTo(new Decision.Taken());
    assertThat(store().findCode(code.code(), NOW)).contains(new CodeRecord(code, false));
  }

  @Test
  @Requirement({"SP-5.3.2.2-N3", "PAR-8"})
  void issuesNoSecondCode() {
    PushedRequest request = pushed();
    SecretDigest id = opened(request);
    SecretDigest otherTab = opened(request);
    store().issueCode(id, samples.code(), Samples.consent(), NOW);
    IssuedCode second = samples.code();

    assertThat(store().issueCode(id, second, Samples.consent(), NOW))
        .isEqualTo(new Decision.Gone());
    assertThat(store().issueCode(otherTab, second, Samples.consent(), NOW))
        .isEqualTo(new Decision.Gone());
    assertThat(store().findCode(second.code(), NOW)).isEmpty();
  }

  @Test
  void issuesNoCodeFromTheInstantTheInteractionExpires() {
    SecretDigest id = opened(pushed());
    IssuedCode code = samples.code();

    assertThat(store().issueCode(id, code, Samples.consent(), END)).isEqualTo(new Decision.Gone());
    assertThat(store().findCode(code.code(), NOW)).isEmpty();
    assertThat(store().issueCode(id, code, Samples.consent(), END.minus(STEP)))
        .isEqualTo(new Decision.Taken());
  }

  @Test
  void issuesNoCodeAfterARefusal() {
    PushedRequest request = pushed();
    SecretDigest id = opened(request);
    assertThat(store().refuse(opened(request), NOW)).isEqualTo(new Decision.Taken());

    assertThat(store().issueCode(id, samples.code(), Samples.consent(), NOW))
        .isEqualTo(new Decision.Gone());
  }

  @Test
  void refusesOnce() {
    PushedRequest request = pushed();
    SecretDigest id = opened(request);
    SecretDigest otherTab = opened(request);

    assertThat(store().refuse(id, NOW)).isEqualTo(new Decision.Taken());
    assertThat(store().refuse(id, NOW)).isEqualTo(new Decision.Gone());
    assertThat(store().refuse(otherTab, NOW)).isEqualTo(new Decision.Gone());
    assertThat(store().findInteraction(otherTab, NOW)).isEmpty();
  }

  @Test
  void refusesNothingFromTheInstantTheInteractionExpires() {
    PushedRequest request = pushed();
    SecretDigest id = opened(request);

    assertThat(store().refuse(id, END)).isEqualTo(new Decision.Gone());
    assertThat(store().findRequest(request.requestUri(), NOW)).isPresent();
  }

  @Test
  void decidesNothingInAnUnknownInteraction() {
    PushedRequest request = pushed();

    assertThat(store().refuse(samples.digest(), NOW)).isEqualTo(new Decision.Gone());
    assertThat(store().issueCode(samples.digest(), samples.code(), Samples.consent(), NOW))
        .isEqualTo(new Decision.Gone());
    assertThat(store().findRequest(request.requestUri(), NOW)).isPresent();
  }

  @Test
  void leavesOtherRequestsAlone() {
    PushedRequest other = pushed();
    SecretDigest open = opened(other);
    store().issueCode(opened(pushed()), samples.code(), Samples.consent(), NOW);

    assertThat(store().findRequest(other.requestUri(), NOW)).isPresent();
    assertThat(store().findInteraction(open, NOW)).isPresent();
  }

  @Test
  void takesNoRequestForACodeThatIsThereAlready() {
    IssuedCode there = issued();
    PushedRequest request = pushed();
    SecretDigest id = opened(request);
    IssuedCode again =
        new IssuedCode(there.code(), Samples.request(), samples.grant(), true, there.expiresAt());

    assertThatThrownBy(() -> store().issueCode(id, again, Samples.consent(), NOW))
        .isInstanceOf(StoreException.class);

    assertThat(store().findInteraction(id, NOW)).isPresent();
    assertThat(store().findCode(there.code(), NOW)).contains(new CodeRecord(there, false));
  }

  private OpenOutcome open(PushedRequest request, Instant now) {
    return store()
        .openInteraction(
            request.requestUri(), samples.digest(), samples.digest(), END.plusSeconds(600), now);
  }

  private Optional<Login> loginOf(SecretDigest id) {
    return store().findInteraction(id, NOW).flatMap(Interaction::login);
  }
}
