package dev.countersign.server.userinfo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.oauth.SecretDigest;
import dev.countersign.requirement.Requirement;
import dev.countersign.server.EndpointTest;
import dev.countersign.server.kit.RawJwt;
import dev.countersign.server.kit.Reply;
import dev.countersign.server.kit.TestClient;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Proofs that come with an access token: those that differ in what does not matter, and others. */
class ProofsAtUserInfoTest extends EndpointTest {
  private String token = "";

  @BeforeEach
  void aToken() {
    token = server.app().tokens().string("access_token");
  }

  private Consumer<Map<String, Object>> withAth(Consumer<Map<String, Object>> change) {
    byte[] digest = SecretDigest.of(token).sha256();
    String ath = Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    return claims -> {
      claims.put("ath", ath);
      change.accept(claims);
    };
  }

  private String proof(Consumer<Map<String, Object>> header, Consumer<Map<String, Object>> claims) {
    return server.app().proof("GET", server.url("/userinfo"), header, withAth(claims));
  }

  private Reply send(String headerName, String proof) {
    return server.send(
        "GET",
        server.url("/userinfo"),
        List.of(Map.entry("Authorization", "DPoP " + token), Map.entry(headerName, proof)),
        new byte[0]);
  }

  @ParameterizedTest
  @ValueSource(strings = {"DPOP", "dpop", "DPoP"})
  @Requirement({"DP-4"})
  void theNameOfTheHeaderIsReadInAnyCase(String name) {
    assertThat(send(name, proof(header -> {}, claims -> {})).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://as.example.com/tenant/userinfo?a=b",
        "https://as.example.com/tenant/userinfo#c",
        "https://as.example.com/tenant/userinfo?a=b#c",
        "https://as.example.com:443/tenant/userinfo",
        "HTTPS://AS.EXAMPLE.COM/tenant/%75serinfo"
      })
  @Requirement({"DP-4"})
  void theSameUrlWrittenInAnotherWayIsTheSame(String htu) {
    assertThat(send("DPoP", proof(header -> {}, claims -> claims.put("htu", htu))).status())
        .isEqualTo(200);
  }

  @Test
  @Requirement({"DP-3"})
  void whatIsNotKnownIsIgnored() {
    assertThat(
            send("DPoP", proof(h -> h.put("surprise", "x"), c -> c.put("surprise", 1L))).status())
        .isEqualTo(200);
  }

  @Test
  @Requirement({"DP-2", "DP-4", "SP-5.3.4-5", "SP-5.4.1-1.3"})
  void aHeaderThatIsWrongIsRefused() throws MalformedJsonException {
    TestClient app = server.app();
    String secret = app.dpopKey().toPrivateJwk().string("d").orElseThrow();
    List<String> wrong =
        List.of(
            proof(header -> header.remove("typ"), claims -> {}),
            proof(header -> header.put("typ", "JWT"), claims -> {}),
            proof(header -> header.remove("jwk"), claims -> {}),
            proof(
                header ->
                    header.put(
                        "jwk",
                        RawJwt.json(
                            Map.of(
                                "kty",
                                "EC",
                                "crv",
                                "P-256",
                                "x",
                                member("x"),
                                "y",
                                member("y"),
                                "d",
                                secret))),
                claims -> {}),
            RawJwt.unsigned(
                app.proofHeader(header -> header.put("alg", "none")),
                app.proofClaims("GET", server.url("/userinfo"), withAth(claims -> {}))),
            RawJwt.unsigned(
                app.proofHeader(header -> {}),
                app.proofClaims("GET", server.url("/userinfo"), withAth(claims -> {}))));
    for (String proof : wrong) {
      Reply refused = send("DPoP", proof);
      assertThat(refused.status()).isEqualTo(401);
      assertThat(refused.challenge().attribute("error")).contains("invalid_dpop_proof");
    }
    assertThat(send("DPoP", proof(header -> {}, claims -> {})).status()).isEqualTo(200);
  }

  private String member(String name) {
    try {
      return server.app().dpopKey().publicJwk().requiredMembers().string(name).orElseThrow();
    } catch (MalformedJsonException e) {
      throw new AssertionError(e);
    }
  }
}
