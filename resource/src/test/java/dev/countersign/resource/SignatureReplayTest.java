package dev.countersign.resource;

import static dev.countersign.resource.SignedScene.CONTENT;
import static dev.countersign.resource.SignedScene.SIGNER;
import static dev.countersign.resource.SignedScene.TARGET;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.accesstoken.Confirmation;
import dev.countersign.protocol.accesstoken.SenderConstraint;
import dev.countersign.protocol.http.Challenge;
import dev.countersign.protocol.http.Headers;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.jose.Thumbprint;
import dev.countersign.protocol.jose.TimeRules;
import dev.countersign.protocol.mtls.CertificateThumbprint;
import dev.countersign.protocol.oauth.Jti;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.requirement.Requirement;
import dev.countersign.testkit.HandSignature;
import dev.countersign.testkit.TestTls;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A signed request whose token a certificate binds has no proof that would be used up. */
class SignatureReplayTest {
  private static final X509Certificate CLIENT = TestTls.forHost("client").certificate();
  private static final String AUTHORIZATION =
      "Bearer "
          + Scene.boundTo(new Confirmation.Certificate(CertificateThumbprint.of(CLIENT)))
              .sign(Scene.JOSE, Scene.ISSUER_KEY)
              .reveal();

  private final ResourceServer guard = guard(new InMemoryProofReplays(Scene.LONG_AGO));

  private static ResourceServer guard(ProofReplays replays) {
    ResourceServer.Settings settings =
        new ResourceServer.Settings(
                Scene.ISSUER,
                new ResourceIndicator(Scene.AUDIENCE),
                PublicUrl.of(Scene.AUDIENCE),
                new Nonces.Off())
            .taking(SenderConstraint.MTLS, SenderConstraint.DPOP);
    return SignedScene.demanding(
        ResourceServer.of(
            settings,
            Scene.JOSE,
            token -> JwkSet.of(List.of(Scene.ISSUER_KEY.publicJwk())),
            replays,
            () -> Scene.NOW));
  }

  private static HandSignature signature(Instant created) {
    return HandSignature.by(SIGNER, created, "fapi-2-request")
        .covering("\"@method\"", "POST")
        .covering("\"@target-uri\"", TARGET)
        .covering("\"authorization\"", AUTHORIZATION)
        .covering("\"content-digest\"", HandSignature.digest(CONTENT));
  }

  private static Verdict judge(ResourceServer guard, HandSignature signature, byte[] content)
      throws IOException {
    List<Map.Entry<String, String>> fields = new ArrayList<>();
    fields.add(Map.entry("Authorization", AUTHORIZATION));
    fields.add(Map.entry("Content-Digest", HandSignature.digest(CONTENT)));
    fields.add(Map.entry("Signature-Input", signature.input()));
    fields.add(Map.entry("Signature", signature.signature()));
    return guard.judge(
        new ResourceRequest(
            "POST",
            SignedScene.PATH,
            Optional.of("async=true"),
            Headers.of(fields),
            List.of(CLIENT)),
        SignedScene.ACCOUNTS,
        () -> content);
  }

  private static void refused(Verdict verdict, int status) {
    assertThat(verdict).isInstanceOf(Verdict.Refused.class);
    Verdict.Refused no = (Verdict.Refused) verdict;
    assertThat(no.status()).isEqualTo(status);
    assertThat(no.refusal().rule().value()).isEqualTo("S-10");
    if (status == 401) {
      assertThat(Scene.answer(no).all(Challenge.HEADER)).isNotEmpty();
    }
  }

  @Test
  @Requirement({"S-10", "HS-5.3.1.2-3"})
  void refusesTheSameSignatureASecondTime() throws Exception {
    HandSignature first = signature(Scene.NOW).with("nonce", "\"1\"");
    assertThat(judge(guard, first, CONTENT)).isInstanceOf(Verdict.Admitted.class);
    refused(judge(guard, first, CONTENT), 401);
    // The label is no part of what is signed.
    refused(judge(guard, first.labelled("other"), CONTENT), 401);
    assertThat(judge(guard, signature(Scene.NOW).with("nonce", "\"2\""), CONTENT))
        .isInstanceOf(Verdict.Admitted.class);
    assertThat(judge(guard, signature(Scene.NOW.minusSeconds(1)), CONTENT))
        .isInstanceOf(Verdict.Admitted.class);
  }

  @Test
  @Requirement({"S-10", "SP-6.2"})
  void aRefusedRequestUsesNothingUp() throws Exception {
    HandSignature once = signature(Scene.NOW);
    assertThat(judge(guard, once, new byte[] {1})).isInstanceOf(Verdict.Refused.class);
    assertThat(judge(guard, once, CONTENT)).isInstanceOf(Verdict.Admitted.class);
  }

  @Test
  @Requirement("S-10")
  void isRememberedByItsKeyForAsLongAsItIsGood() throws Exception {
    List<Instant> until = new ArrayList<>();
    List<Thumbprint> keys = new ArrayList<>();
    ProofReplays port =
        new ProofReplays() {
          @Override
          public boolean useOnce(Thumbprint key, Jti id, Instant last, Instant now) {
            keys.add(key);
            until.add(last);
            return true;
          }

          @Override
          public Instant since() {
            return Instant.MIN;
          }
        };
    assertThat(judge(guard(port), signature(Scene.NOW.plusSeconds(10)), CONTENT))
        .isInstanceOf(Verdict.Admitted.class);
    assertThat(until).containsExactly(Scene.NOW.plusSeconds(70));
    assertThat(keys).containsExactly(SIGNER.thumbprint());
    // With a proof, it is the proof that is used up.
    assertThat(SignedScene.payment().to(guard(port))).isInstanceOf(Verdict.Admitted.class);
    assertThat(keys).containsExactly(SIGNER.thumbprint(), Scene.CLIENT_JKT);
  }

  @Test
  @Requirement("S-10")
  void takesNoSignatureThatWasPerhapsUsedBeforeTheServerStarted() throws Exception {
    Instant started = Scene.NOW.minus(TimeRules.FUTURE);
    assertThat(judge(guard(new InMemoryProofReplays(started)), signature(Scene.NOW), CONTENT))
        .isInstanceOf(Verdict.Admitted.class);
    ResourceServer young = guard(new InMemoryProofReplays(started.plusMillis(1)));
    refused(judge(young, signature(Scene.NOW), CONTENT), 503);
    refused(judge(young, signature(started.minus(Duration.ofSeconds(1))), CONTENT), 401);
  }

  @Test
  @Requirement("S-10")
  void isNotTakenWhileNobodyCanSayWhetherItWasUsed() throws Exception {
    ProofReplays full = new InMemoryProofReplays(Scene.LONG_AGO, 1);
    ResourceServer crowded = guard(full);
    assertThat(judge(crowded, signature(Scene.NOW), CONTENT)).isInstanceOf(Verdict.Admitted.class);
    refused(judge(crowded, signature(Scene.NOW.minusSeconds(1)), CONTENT), 503);
  }
}
