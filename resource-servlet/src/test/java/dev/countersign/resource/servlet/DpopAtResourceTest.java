package dev.countersign.resource.servlet;

import static dev.countersign.resource.servlet.Issued.ACCOUNTS;
import static dev.countersign.resource.servlet.Issued.NOW;
import static dev.countersign.resource.servlet.Issued.PUBLIC;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.http.Challenge;
import dev.countersign.protocol.oauth.AccessToken;
import dev.countersign.requirement.Requirement;
import jakarta.servlet.DispatcherType;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a proof must be and may be, at a resource over HTTPS. */
class DpopAtResourceTest {
  private static final String PATH = "/accounts";
  private static final String REFUSED = "401 invalid_dpop_proof";
  private static final String TAKEN = "200";

  private static Container container;

  private final AccessToken token = Issued.token();

  @BeforeAll
  static void start() throws Exception {
    container =
        Container.with(
            content -> {
              content.filter(
                  "/*", new ResourceFilter(Issued.guard(), ACCOUNTS), DispatcherType.REQUEST);
              content.servlet(PATH, Pages.accounts());
            });
  }

  @AfterAll
  static void stop() {
    container.close();
  }

  private Proof proof() {
    return Proof.of(PATH, token);
  }

  @Test
  @Requirement({"DP-4", "DP-10", "SP-5.3.4-5"})
  void takesAGoodProofOnce() throws Exception {
    String proof = proof().signed();
    assertThat(outcome(proof)).isEqualTo(TAKEN);
    assertThat(outcome(proof)).isEqualTo(REFUSED);
  }

  @Test
  @Requirement({"DP-4", "SP-5.3.4-5"})
  void refusesNoProofAndTwoProofs() throws Exception {
    assertThat(outcome()).isEqualTo(REFUSED);
    assertThat(outcome(proof().signed(), proof().signed())).isEqualTo(REFUSED);
    assertThat(outcome(proof().signed() + ", " + proof().signed())).isEqualTo(REFUSED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "a.b", "a.b.c", "eyJhbGciOiJFUzI1NiJ9..AAAA", "a.b.c.d.e", "{}"})
  @Requirement({"DP-4"})
  void refusesWhatIsNoJwt(String proof) throws Exception {
    assertThat(outcome(proof)).isEqualTo(REFUSED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"typ", "jwk", "jti", "htm", "htu", "iat", "ath"})
  @Requirement({"DP-2", "DP-3", "DP-4"})
  void refusesAProofWithoutWhatItMustHave(String member) throws Exception {
    assertThat(outcome(proof().without(member).signed())).isEqualTo(REFUSED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"JWT", "at+jwt", "DPOP+JWT "})
  @Requirement({"DP-2", "DP-4", "SP-5.4.1-1.1"})
  void refusesAnotherTyp(String typ) throws Exception {
    assertThat(outcome(proof().header("typ", typ).signed())).isEqualTo(REFUSED);
  }

  @Test
  @Requirement({"DP-2", "SP-5.4.1-1.2", "SP-5.4.1-1.3"})
  void refusesAnotherAlgorithmNoneAndNoneNamed() throws Exception {
    assertThat(outcome(proof().signedByRs256())).isEqualTo(REFUSED);
    assertThat(outcome(proof().header("alg", "none").sealed(""))).isEqualTo(REFUSED);
    String signature = proof().signed().split("\\.", 3)[2];
    assertThat(outcome(proof().sealed(signature))).isEqualTo(REFUSED);
  }

  @Test
  @Requirement({"DP-4"})
  void refusesASignatureThatIsNotItsKeys() throws Exception {
    assertThat(outcome(proof().signedBy(Issued.OTHER_KEY).signed())).isEqualTo(REFUSED);
    String signature = proof().signed().split("\\.", 3)[2];
    assertThat(outcome(proof().header("alg", "ES256").sealed(signature))).isEqualTo(REFUSED);
  }

  @Test
  @Requirement({"DP-2", "DP-4"})
  void refusesAPrivateKeyInTheProof() throws Exception {
    assertThat(Proof.privateJwk().has("d")).isTrue();
    assertThat(outcome(proof().header("jwk", Proof.privateJwk()).signed())).isEqualTo(REFUSED);
  }

  @Test
  @Requirement({"DP-4", "SP-5.3.4-5"})
  void refusesTheProofOfAnotherKeyThanTheTokens() throws Exception {
    String stolen =
        proof()
            .header("jwk", Issued.OTHER_KEY.publicJwk().requiredMembers())
            .signedBy(Issued.OTHER_KEY)
            .signed();
    assertThat(outcome(stolen)).isEqualTo("401 invalid_token");
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "get", "Get"})
  @Requirement({"DP-4"})
  void refusesAnotherMethod(String htm) throws Exception {
    assertThat(outcome(proof().claim("htm", htm).signed())).isEqualTo(REFUSED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        PUBLIC + "/bank/payments",
        PUBLIC + "/bank/accounts/",
        PUBLIC + "/accounts",
        PUBLIC + ":8443/bank/accounts",
        "http://api.example.com/bank/accounts",
        "https://other.example.com/bank/accounts",
        "/bank/accounts"
      })
  @Requirement({"DP-4"})
  void refusesAnotherUrl(String htu) throws Exception {
    assertThat(outcome(proof().claim("htu", htu).signed())).isEqualTo(REFUSED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        PUBLIC + "/bank/accounts?limit=5",
        PUBLIC + "/bank/accounts#top",
        PUBLIC + "/bank/accounts?limit=5#top",
        "HTTPS://API.EXAMPLE.COM/bank/accounts",
        PUBLIC + ":443/bank/accounts",
        PUBLIC + "/bank/./accounts",
        PUBLIC + "/bank/%61ccounts"
      })
  @Requirement({"DP-4"})
  void takesTheSameUrlWrittenInAnotherWay(String htu) throws Exception {
    assertThat(outcome(proof().claim("htu", htu).signed())).isEqualTo(TAKEN);
  }

  @Test
  @Requirement({"DP-4"})
  void takesARequestWithAQueryThatTheProofDoesNotName() throws Exception {
    HttpRequest.Builder request = authorized(PATH + "?limit=5", "DPoP");
    assertThat(outcome(request.header("DPoP", proof().signed()))).isEqualTo(TAKEN);
  }

  @Test
  @Requirement({"DP-3"})
  void takesHeadersAndClaimsThatItDoesNotKnow() throws Exception {
    assertThat(outcome(proof().claim("surprise", 1L).signed())).isEqualTo(TAKEN);
    assertThat(outcome(proof().header("surprise", "x").signed())).isEqualTo(TAKEN);
  }

  @Test
  @Requirement({"DP-15", "SP-5.3.2.1-13"})
  void takesTenSecondsOfSkewAndRefusesMoreThanSixty() throws Exception {
    long now = NOW.getEpochSecond();
    for (long good : new long[] {now - 10, now + 10}) {
      assertThat(outcome(proof().claim("iat", good).signed())).isEqualTo(TAKEN);
    }
    for (long bad : new long[] {now - 61, now + 61, now - 3600, now + 3600}) {
      assertThat(outcome(proof().claim("iat", bad).signed())).isEqualTo(REFUSED);
    }
  }

  @Test
  @Requirement({"DP-4", "DP-10"})
  void refusesTheProofOfAnotherToken() throws Exception {
    assertThat(outcome(Proof.of(PATH, Issued.token()).signed())).isEqualTo(REFUSED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"DPoP", "dpop", "DPOP", "dPoP"})
  @Requirement({"SP-5.3.4-1", "DP-10"})
  void takesTheSchemeAndTheNameOfTheHeaderInAnyCase(String name) throws Exception {
    HttpRequest.Builder request = authorized(PATH, name);
    assertThat(outcome(request.header(name, proof().signed()))).isEqualTo(TAKEN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer", "bearer"})
  @Requirement({"DP-12", "SP-5.3.4-5"})
  void refusesABoundTokenSentAsBearer(String scheme) throws Exception {
    HttpRequest.Builder bare = authorized(PATH, scheme);
    assertThat(outcome(bare)).isEqualTo("401 invalid_token");
    HttpRequest.Builder proved = authorized(PATH, scheme).header("DPoP", proof().signed());
    assertThat(outcome(proved)).isEqualTo("401 invalid_token");
  }

  @Test
  @Requirement({"DP-12", "OA-9"})
  void refusesTwoCredentials() throws Exception {
    HttpRequest.Builder two =
        authorized(PATH, "DPoP")
            .header("Authorization", "Bearer " + token.reveal())
            .header("DPoP", proof().signed());
    assertThat(outcome(two)).isEqualTo("400 invalid_request");
  }

  private HttpRequest.Builder authorized(String path, String scheme) {
    return container.request(path).header("Authorization", scheme + " " + token.reveal());
  }

  private String outcome(String... proofs) throws Exception {
    HttpRequest.Builder request = authorized(PATH, "DPoP");
    for (String proof : proofs) {
      request.header("DPoP", proof);
    }
    return outcome(request);
  }

  /** The status, and the error if there is one. */
  private static String outcome(HttpRequest.Builder request) throws Exception {
    HttpResponse<String> answer = Container.send(request);
    List<Challenge> challenges = Challenge.parse(answer.headers().allValues(Challenge.HEADER));
    return answer.statusCode()
        + challenges.stream()
            .flatMap(challenge -> challenge.attribute("error").stream())
            .findFirst()
            .map(error -> " " + error)
            .orElse("");
  }
}
