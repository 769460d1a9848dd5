package dev.countersign.server.par;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.requirement.Requirement;
import dev.countersign.server.kit.Params;
import dev.countersign.server.kit.RawJwt;
import dev.countersign.server.kit.Reply;
import dev.countersign.server.kit.SignedRequests;
import dev.countersign.server.kit.TestClient;
import dev.countersign.server.kit.TestServer;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Objects that were changed, stolen, forged or kept too long (ATT-60), over real HTTPS. */
class AttackedObjectTest extends SigningTest {

  private long in(long seconds) {
    return server.now().getEpochSecond() + seconds;
  }

  @Test
  @Requirement({"ATT-60", "S-04", "JAR-9", "PAR-11"})
  void refusesAnObjectThatAnotherSigned() {
    SigningKey stranger = server.jose().generate(SignatureAlgorithm.ES256, server.random());
    refused(bound().objectBy(stranger, claims -> {}), "SP-5.4.3-1");
    refused(bound().objectBy(server.app().key(), claims -> {}), "SP-5.4.3-1");
    assertThat(server.logged("client_id")).contains("other-app");
  }

  @Test
  @Requirement({"ATT-60", "S-04", "JAR-2", "PAR-11"})
  void refusesTheObjectOfAnotherClient() {
    refused(free().object(), "SP-5.4.3-1");
    // Even if it were signed by the right key.
    refused(claims -> claims.put("client_id", "app"), "JAR-2");
    refused(claims -> claims.put("iss", "app"), "JAR-2");
    refused(claims -> claims.remove("client_id"), "JAR-2");
  }

  @Test
  @Requirement({"ATT-60", "MS-5.3.1-1"})
  void refusesAnObjectThatWasChanged() {
    String[] mine = bound().object().split("\\.", -1);
    String[] more = bound().object(c -> c.put("scope", "openid")).split("\\.", -1);
    refused(mine[0] + "." + more[1] + "." + mine[2], "SP-5.4.1-1.1");
    refused(RawJwt.withBrokenSignature(bound().object()), "SP-5.4.1-1.1");
  }

  @Test
  @Requirement({"MS-5.3.1-1", "SP-5.4.1-1.2", "SP-5.4.1-1.3", "JAR-6"})
  void refusesObjectsByOtherAlgorithms() throws Exception {
    KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
    rsa.initialize(2048);
    refused(
        RawJwt.signed(
            RawJwt.json(Map.of("alg", "RS256")),
            bound().claims(c -> {}),
            rsa.generateKeyPair(),
            "SHA256withRSA"),
        "SP-5.4.1-1.2");
    refused(
        RawJwt.unsigned(RawJwt.json(Map.of("alg", "none")), bound().claims(c -> {})),
        "SP-5.4.1-1.3");
    refused(
        RawJwt.unsigned(RawJwt.json(Map.of("alg", "HS256")), bound().claims(c -> {}))
            + "A".repeat(43),
        "SP-5.4.1-1.2");
  }

  @Test
  @Requirement({"JAR-9", "JAR-8"})
  void refusesAnotherAlgorithmThanTheRegisteredOne() {
    SigningKey ed = server.jose().generate(SignatureAlgorithm.EDDSA, server.random());
    refused(bound().objectBy(ed, claims -> {}), "JAR-9");
    assertThat(server.logged("detail"))
        .contains("request object: alg is EdDSA, expected ES256 as registered");
  }

  @Test
  @Requirement({"JAR-10", "JAR-6"})
  void refusesAnEncryptedObject() {
    refused("eyJhbGciOiJSU0EtT0FFUC0yNTYifQ.a2V5.aXY.Y2lwaGVy.dGFn", "JAR-10");
  }

  @ParameterizedTest
  @CsvSource({"aud, MS-5.3.1-2", "nbf, MS-5.3.1-3", "exp, MS-5.3.1-4", "client_id, JAR-2"})
  @Requirement({"MS-5.3.1-2", "MS-5.3.1-3", "MS-5.3.1-4", "JAR-2", "S-03"})
  void refusesAnObjectWithoutARequiredClaim(String claim, String rule) {
    refused(claims -> claims.remove(claim), rule);
  }

  @Test
  @Requirement({"MS-5.3.1-2", "S-03"})
  void takesTheIssuerAmongOtherAudiencesAndNoOther() {
    taken(claims -> claims.put("aud", List.of("https://x.example", TestServer.ISSUER.value())));
    refused(claims -> claims.put("aud", List.of("https://x.example")), "MS-5.3.1-2");
    refused(claims -> claims.put("aud", server.url("/par").toString()), "MS-5.3.1-2");
    refused(claims -> claims.put("aud", TestServer.ISSUER.value() + "/"), "MS-5.3.1-2");
  }

  @Test
  @Requirement({"MS-5.3.1-3", "S-03", "SP-5.3.2.1-13"})
  void takesANotBeforeOfTheLastHour() {
    taken(
        claims -> {
          claims.put("nbf", in(-3599));
          claims.put("exp", in(1));
        });
    refused(claims -> claims.put("nbf", in(-3601)), "MS-5.3.1-3");
    refused(claims -> claims.put("nbf", in(-70 * 60)), "MS-5.3.1-3");
    taken(claims -> claims.put("nbf", in(8)));
    refused(claims -> claims.put("nbf", in(61)), "SP-5.3.2.1-13");
  }

  @Test
  @Requirement({"MS-5.3.1-4", "S-03", "ATT-60"})
  void takesAnExpiryOfTheHourAfterNotBefore() {
    taken(claims -> claims.put("exp", in(3600)));
    refused(claims -> claims.put("exp", in(3601)), "MS-5.3.1-4");
    refused(claims -> claims.put("exp", in(70 * 60)), "MS-5.3.1-4");
    refused(claims -> claims.put("exp", in(0)), "MS-5.3.1-4");
  }

  @Test
  @Requirement({"MS-5.3.1-4", "ATT-60"})
  void refusesAnObjectThatWasKeptTooLong() {
    String object = bound().object();
    assertThat(bound().push(object).status()).isEqualTo(201);
    server.pass(Duration.ofSeconds(60));
    refused(object, "MS-5.3.1-4");
  }

  @Test
  @Requirement({"J-13", "JAR-3", "CA-5"})
  void takesNoOtherJwtOfTheClientForAnObjectNorTheReverse() {
    TestClient other = server.other();
    refused(other.assertion(), "MS-5.3.1-5");
    refused(
        other.proof("POST", server.url("/par"), other.key(), Optional.of(server.nonce())),
        "MS-5.3.1-5");
    refused(claims -> claims.put("sub", "other-app"), "JAR-3");
    Params both = bound().carrying(bound().object()).and(other.authenticatedBy(bound().object()));
    refused(other.post("/par", both, List.of()), "401 invalid_client", "CA-2");
    Reply proven = bound().push(bound().object(), other.assertion(), bound().object());
    refused(proven, "400 invalid_dpop_proof", "DP-2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "e30.e30.e30", "..", "%00", "{\"state\":\"s\"}"})
  @Requirement({"JAR-1", "JAR-6"})
  void refusesWhatIsNoJwt(String object) {
    refused(object, "SP-5.4.1-1.1");
  }

  @Test
  @Requirement({"JAR-1"})
  void readsTheLargestObjectAndRefusesLarger() {
    taken(claims -> claims.put("ignored", "x".repeat(35_000)));
    refused(bound().object(c -> c.put("ignored", "x".repeat(37_000))), "SP-5.4.1-1.1");
    Reply reply = bound().push(bound().object(c -> c.put("ignored", "x".repeat(50_000))));
    assertThat(reply.status()).isEqualTo(413);
  }

  @Test
  @Requirement({"CA-1", "SP-5.3.2.2-4"})
  void tellsNobodyOfAnObjectBeforeTheClientIsKnown() {
    SignedRequests forged = new SignedRequests(server, server.impostor(server.other().id()));
    refused(forged.push(bound().object()), "401 invalid_client", "SP-5.4.3-1");
  }

  @Test
  @Requirement({"ATT-60"})
  void keepsWhatIsAskedForOutOfTheLog() {
    refused(claims -> claims.put("exp", in(0)), "MS-5.3.1-4");
    assertThat(server.log().getLast().getKeyValuePairs().toString())
        .doesNotContain("some-state", "some-nonce", TestClient.CHALLENGE);
  }
}
