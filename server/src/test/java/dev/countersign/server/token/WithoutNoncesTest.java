package dev.countersign.server.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.requirement.Requirement;
import dev.countersign.server.EndpointTest;
import dev.countersign.server.kit.Params;
import dev.countersign.server.kit.Reply;
import dev.countersign.server.kit.TestClient;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The server with its nonces switched off. */
class WithoutNoncesTest extends EndpointTest {
  private static final Params REQUEST = Params.of("grant_type", "client_credentials");

  @Override
  protected String configuration(String yaml) {
    return yaml.replace("nonces: true", "nonces: false");
  }

  @Test
  @Requirement({"SP-5.3.2.1-10"})
  void asksForNoneAndHandsOutNone() {
    TestClient app = server.app();
    String proof = app.proof("POST", server.url("/token"), app.dpopKey(), Optional.empty());
    Reply reply = app.token(REQUEST, proof);
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("DPoP-Nonce")).isEmpty();
  }

  @Test
  void ignoresANonceThatAProofHasAllTheSame() {
    TestClient app = server.app();
    String proof =
        app.proof("POST", server.url("/token"), claims -> claims.put("nonce", "whatever"));
    assertThat(app.token(REQUEST, proof).status()).isEqualTo(200);
  }

  @Test
  @Requirement({"SP-5.3.2.1-13"})
  void holdsTheWindowOfIat() {
    TestClient app = server.app();
    long now = server.now().getEpochSecond();
    String future = app.proof("POST", server.url("/token"), claims -> claims.put("iat", now + 61));
    assertThat(app.token(REQUEST, future).outcome()).isEqualTo("400 invalid_dpop_proof");
    String soon = app.proof("POST", server.url("/token"), claims -> claims.put("iat", now + 10));
    assertThat(app.token(REQUEST, soon).status()).isEqualTo(200);
  }
}
