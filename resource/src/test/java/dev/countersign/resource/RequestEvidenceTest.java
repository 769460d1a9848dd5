package dev.countersign.resource;

import static dev.countersign.resource.SignedScene.CONTENT;
import static dev.countersign.resource.SignedScene.SIGNER;
import static dev.countersign.resource.SignedScene.payment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.protocol.httpsig.FapiRequestSignature;
import dev.countersign.protocol.httpsig.InvalidHttpSignatureException;
import dev.countersign.protocol.httpsig.RequestMessage;
import dev.countersign.protocol.httpsig.VerifiedRequestSignature;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.requirement.Requirement;
import dev.countersign.resource.SignedScene.Sent;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an API can show later of what a client asked for. */
class RequestEvidenceTest {

  private static Verdict.Admitted admitted(Sent sent) {
    return (Verdict.Admitted) sent.to(SignedScene.guard());
  }

  /** With nothing but what was kept, at whatever time. */
  private static byte[] shown(VerifiedRequestSignature kept, RequestMessage request, byte[] content)
      throws InvalidHttpSignatureException {
    return FapiRequestSignature.read(request, kept.created())
        .verify(Scene.JOSE, JwkSet.of(List.of(kept.key())))
        .content(content);
  }

  @Test
  @Requirement({"HS-5.3.1.2-1", "HS-5.3.1.2-2"})
  void whatWasAdmittedCanBeVerifiedAgain() throws Exception {
    Verdict.Admitted in = admitted(payment());
    VerifiedRequestSignature kept = in.requestSignature().orElseThrow();
    assertThat(kept.key()).isEqualTo(SIGNER.publicJwk());
    assertThat(kept.created()).isEqualTo(Scene.NOW);
    assertThat(shown(kept, kept.request(), in.body())).isEqualTo(CONTENT);
    assertThatThrownBy(() -> shown(kept, kept.request(), new byte[] {1}))
        .isInstanceOf(InvalidHttpSignatureException.class);
    RequestMessage other =
        new RequestMessage(
            "PUT", kept.request().targetUri(), kept.request().headers(), kept.request().trailers());
    assertThatThrownBy(() -> shown(kept, other, CONTENT))
        .isInstanceOf(InvalidHttpSignatureException.class);
  }

  @Test
  @Requirement("HS-5.3.1.2-2")
  void saysWhichFieldsTheClientSigned() {
    Sent typed = payment().with("Content-Type", "application/json").with("X-Key", "1");
    assertThat(admitted(typed).requestSignature().orElseThrow().signedFields().names())
        .containsExactlyInAnyOrder("authorization", "dpop", "content-digest");
    Sent signed = typed.signed(made -> made.covering("\"content-type\"", "application/json"));
    assertThat(admitted(signed).requestSignature().orElseThrow().signedFields().all("Content-Type"))
        .containsExactly("application/json");
  }

  @Test
  void thereIsNoneWhereNobodyMustSign() {
    Verdict.Admitted in = (Verdict.Admitted) payment().to(Scene.guard(new Nonces.Off()));
    assertThat(in.requestSignature()).isEmpty();
  }
}
