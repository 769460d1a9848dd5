package dev.countersign.resource;

import static dev.countersign.resource.SignedScene.CONTENT;
import static dev.countersign.resource.SignedScene.payment;
import static dev.countersign.resource.SignedScene.question;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.protocol.http.Challenge;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.protocol.resourcerequest.Wanted;
import dev.countersign.remote.RemoteException;
import dev.countersign.requirement.Requirement;
import dev.countersign.resource.SignedScene.Sent;
import dev.countersign.testkit.HandSignature;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignedRequestsTest {
  private static final RequestBody UNREAD =
      () -> {
        throw new AssertionError("the content was read");
      };

  private final ResourceServer guard = SignedScene.guard();

  private static void assertRefused(Verdict verdict, int status, String rule) {
    assertThat(verdict).isInstanceOf(Verdict.Refused.class);
    Verdict.Refused no = (Verdict.Refused) verdict;
    assertThat(no.status()).isEqualTo(status);
    assertThat(no.refusal().rule().value()).isEqualTo(rule);
    if (status == 401) {
      assertThat(Scene.answer(no).all(Challenge.HEADER)).isNotEmpty();
      assertThat(Scene.answer(no).all("Cache-Control")).contains("no-store");
    }
  }

  @Test
  @Requirement({"HS-5.3.1.2-1", "HS-5.3.1.2-2", "HS-5.3.1.2-8"})
  void admitsWhatTheClientSignedAndGivesItsContent() {
    Verdict verdict = payment().to(guard);
    assertThat(verdict).isInstanceOf(Verdict.Admitted.class);
    Verdict.Admitted in = (Verdict.Admitted) verdict;
    assertThat(in.access().clientId()).isEqualTo(SignedScene.APP);
    assertThat(in.body()).isEqualTo(CONTENT);
    assertThat(in.signsResponse()).isFalse();
    assertThat(in.sign(200, List.of(), CONTENT)).isEmpty();
  }

  @Test
  @Requirement("HS-5.3.1.2-8")
  void wantsNoDigestOfARequestWithoutContent() {
    assertThat(question().to(guard)).isInstanceOf(Verdict.Admitted.class);
  }

  @Test
  @Requirement({"HS-5.3.1.2-3", "ATT-65"})
  void refusesWhatIsNotSigned() {
    assertRefused(payment().unsigned().to(guard), 401, "HS-5.3.1.2-3");
    HandSignature made = payment().signature().orElseThrow();
    assertRefused(
        payment().unsigned().with("Signature", made.signature()).to(guard), 401, "HS-5.3.1.2-3");
    assertRefused(
        payment().unsigned().with("Signature-Input", made.input()).to(guard), 401, "HS-5.3.1.2-3");
  }

  @ParameterizedTest
  @CsvSource({
    "@method,HS-5.3.1.2-5",
    "@target-uri,HS-5.3.1.2-5",
    "authorization,HS-5.3.1.2-5",
    "dpop,HS-5.3.1.2-7",
    "content-digest,HS-5.3.1.2-8"
  })
  @Requirement({"HS-5.3.1.2-5", "HS-5.3.1.2-7", "HS-5.3.1.2-8", "ATT-65", "S-07"})
  void refusesASignatureThatLeavesOut(String component, String rule) {
    assertRefused(
        payment().signed(made -> made.without('"' + component + '"')).to(guard), 401, rule);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"fapi-2-response\"", "\"fapi-2-Request\"", "\"\""})
  @Requirement({"HS-5.3.1.2-4", "ATT-65"})
  void refusesASignatureForSomethingElse(String tag) {
    Verdict verdict = payment().signed(made -> made.with("tag", tag)).to(guard);
    assertThat(((Verdict.Refused) verdict).status()).isEqualTo(401);
    Verdict none = payment().signed(made -> made.withoutParameter("tag")).to(guard);
    assertThat(((Verdict.Refused) none).status()).isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(longs = {-60, 0, 10})
  @Requirement("HS-5.3.1.2-6")
  void takesASignatureOfTheLastMinute(long seconds) {
    assertThat(payment(Scene.token(), Scene.NOW.plusSeconds(seconds)).to(guard))
        .isInstanceOf(Verdict.Admitted.class);
  }

  @ParameterizedTest
  @ValueSource(longs = {-3600, -61, 61})
  @Requirement({"HS-5.3.1.2-6", "ATT-65", "S-10"})
  void refusesAnOldSignatureAndOneFromTheFuture(long seconds) {
    assertRefused(
        payment(Scene.token(), Scene.NOW.plusSeconds(seconds)).to(guard), 401, "HS-5.3.1.2-6");
    assertRefused(
        payment().signed(made -> made.withoutParameter("created")).to(guard), 401, "HS-5.3.1.2-6");
  }

  @Test
  @Requirement({"HS-5.3.1.2-1", "HS-5.3.1.2-3", "ATT-65", "S-10"})
  void refusesTheKeyOfAnotherClientAndOneThatNobodyKnows() {
    Sent other =
        payment()
            .signed(
                made ->
                    made.with("keyid", '"' + SignedScene.OTHER.kid() + '"')
                        .signedBy(SignedScene.OTHER));
    assertThat(((Verdict.Refused) other.to(guard)).status()).isEqualTo(401);
    Sent lying = payment().signed(made -> made.signedBy(SignedScene.OTHER));
    assertThat(((Verdict.Refused) lying.to(guard)).status()).isEqualTo(401);
    Sent nameless = payment().signed(made -> made.withoutParameter("keyid"));
    assertThat(((Verdict.Refused) nameless.to(guard)).status()).isEqualTo(401);
  }

  @Test
  @Requirement("ATT-65")
  void refusesAnAlgorithmThatIsNotTheKeys() {
    Sent confused = payment().signed(made -> made.with("alg", "\"hmac-sha256\""));
    assertThat(((Verdict.Refused) confused.to(guard)).status()).isEqualTo(401);
  }

  @Test
  @Requirement({"HS-5.3.1.2-5", "ATT-65", "S-08"})
  void choosesASignatureByItsTagAndNotByItsPlace() {
    Sent good = payment();
    HandSignature made = good.signature().orElseThrow();
    HandSignature weak =
        HandSignature.by(SignedScene.SIGNER, Scene.NOW, "something else").labelled("first");
    assertThat(both(good, weak, made).to(guard)).isInstanceOf(Verdict.Admitted.class);
    HandSignature pretending =
        HandSignature.by(SignedScene.SIGNER, Scene.NOW, "fapi-2-request").labelled("first");
    assertThat(((Verdict.Refused) both(good, pretending, made).to(guard)).status()).isEqualTo(401);
  }

  private static Sent both(Sent request, HandSignature first, HandSignature second) {
    return request
        .unsigned()
        .with("Signature-Input", first.input() + ", " + second.input())
        .with("Signature", first.signature() + ", " + second.signature());
  }

  @Test
  @Requirement({"HS-5.3.1.2-8", "ATT-66", "S-09"})
  void refusesOtherContentThanWasSigned() {
    byte[] changed = "{\"amount\":\"923.50\"}".getBytes(UTF_8);
    assertThat(status(payment().carrying(changed))).isEqualTo(401);
    // The digest fits then, and is not the one that was signed.
    assertThat(
            status(
                payment().carrying(changed).with("Content-Digest", HandSignature.digest(changed))))
        .isEqualTo(401);
    assertThat(status(payment().carrying(SignedScene.NONE))).isEqualTo(401);
    assertThat(status(question().carrying(changed))).isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "md5=:1B2M2Y8AsgTpgAmY7PhCfg==:",
        "unixsum=:AAA=:",
        "sha-256=\"not bytes\"",
        "sha-256",
        "GOOD, sha-512=:AAAA:",
        "GOOD, GOOD"
      })
  @Requirement({"HS-5.3.1.2-8", "ATT-66", "S-09"})
  void refusesADigestThatIsNoneWhoeverSignedIt(String digest) {
    String value = digest.replace("GOOD", HandSignature.digest(CONTENT));
    Sent sent =
        payment()
            .with("Content-Digest", value)
            .signed(made -> made.covering("\"content-digest\"", value));
    assertThat(status(sent)).isEqualTo(401);
  }

  private int status(Sent sent) {
    Verdict verdict = sent.to(guard);
    assertThat(verdict).isInstanceOf(Verdict.Refused.class);
    return ((Verdict.Refused) verdict).status();
  }

  @Test
  @Requirement({"HS-5.3.1.2-2", "ATT-65"})
  void refusesAnotherMethodAndAnotherTargetThanWasSigned() throws Exception {
    ResourceRequest signed = payment().request();
    ResourceRequest elsewhere =
        new ResourceRequest(
            signed.method(),
            signed.path(),
            signed.query().map(query -> query + "&more"),
            signed.headers());
    assertThat(guard.judge(elsewhere, SignedScene.ACCOUNTS, () -> CONTENT))
        .isInstanceOf(Verdict.Refused.class);
  }

  @Test
  @Requirement({"HS-5.3.1.2-8", "SP-6.2"})
  void aRefusedRequestCostsTheClientNothing() {
    Sent payment = payment();
    assertThat(status(payment.carrying(new byte[] {1}))).isEqualTo(401);
    assertThat(payment.to(guard)).isInstanceOf(Verdict.Admitted.class);
    assertThat(status(payment)).isEqualTo(401);
  }

  @Test
  @Requirement("HS-5.3.1.2-8")
  void cannotBeAskedWithoutTheContent() {
    ResourceRequest request = payment().request();
    assertThatThrownBy(() -> guard.judge(request, SignedScene.ACCOUNTS))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("HS-5.3.1.2-8");
  }

  @Test
  @Requirement("HS-5.3.1.2-8")
  void readsNoContentOfWhoIsNotLetInAnyway() throws Exception {
    for (Sent sent :
        List.of(
            payment().without("Authorization"),
            payment().without("DPoP"),
            payment().unsigned(),
            payment().signed(made -> made.signedBy(SignedScene.OTHER)))) {
      assertThat(guard.judge(sent.request(), SignedScene.ACCOUNTS, UNREAD))
          .isInstanceOf(Verdict.Refused.class);
    }
    Wanted more = Wanted.of(Scope.of("payments"));
    assertThat(((Verdict.Refused) guard.judge(payment().request(), more, UNREAD)).status())
        .isEqualTo(403);
    assertThat(Scene.guard(new Nonces.Off()).judge(payment().request(), more, UNREAD))
        .isInstanceOf(Verdict.Refused.class);
  }

  @Test
  @Requirement("HS-5.3.1.2-8")
  void refusesMoreContentThanTheHostTakes() throws Exception {
    Verdict verdict =
        guard.judge(
            payment().request(),
            SignedScene.ACCOUNTS,
            () -> {
              throw new RequestTooLargeException(10);
            });
    assertRefused(verdict, 413, "HS-5.3.1.2-8");
    assertThat(Scene.answer(verdict).all(Challenge.HEADER)).isEmpty();
    assertThatThrownBy(
            () ->
                guard.judge(
                    payment().request(),
                    SignedScene.ACCOUNTS,
                    () -> {
                      throw new IOException("gone");
                    }))
        .isInstanceOf(IOException.class);
  }

  @Test
  @Requirement("HS-5.3.1.2-1")
  void saysToComeAgainWhileTheKeysOfTheClientAreNotToBeHad() {
    ResourceServer cutOff =
        Scene.guard(new Nonces.Off())
            .httpSignatures(
                (client, keyid) -> {
                  throw new RemoteException(
                      RemoteException.Kind.TIMEOUT,
                      URI.create("https://app.example.com/jwks.json"),
                      "too slow",
                      new IOException());
                });
    assertRefused(payment().to(cutOff), 503, "HS-5.3.1.2-1");
  }

  @Test
  @Requirement({"HS-5.3.1.2-2", "SP-5.3.4-3"})
  void asksNobodyAboutTheTokenOfARequestThatIsNotSignedWell() {
    ResourceServer asking =
        guard.asking(
            (token, now) -> {
              throw new AssertionError("somebody was asked");
            });
    assertThat(payment().unsigned().to(asking)).isInstanceOf(Verdict.Refused.class);
    assertThat(payment().carrying(new byte[] {1}).to(asking)).isInstanceOf(Verdict.Refused.class);
  }

  @Test
  @Requirement("HS-5.3.1.2-1")
  void aClientWithoutKeysIsRefused() {
    ResourceServer nobody =
        Scene.guard(new Nonces.Off()).httpSignatures(ClientSigningKeys.fixed(Map.of()));
    assertThat(((Verdict.Refused) payment().to(nobody)).status()).isEqualTo(401);
  }
}
