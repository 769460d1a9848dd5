package dev.countersign.server.par;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.authorization.AuthorizationRequest;
import dev.countersign.protocol.authorization.ResponseMode;
import dev.countersign.protocol.rar.AuthorizationDetails;
import dev.countersign.requirement.Requirement;
import dev.countersign.server.kit.Params;
import dev.countersign.server.kit.RawJwt;
import dev.countersign.server.kit.Reply;
import dev.countersign.server.kit.TestClient;
import dev.countersign.server.kit.TestServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What counts of a pushed request that is signed, and what it may be used for. */
class PushedObjectTest extends SigningTest {

  @Test
  @Requirement({"MS-5.3.1-1", "PAR-11", "JAR-1", "JAR-4"})
  void takesASignedRequestAsIfItHadComeUnsigned() {
    AuthorizationRequest signed = kept(free().push(free().object()));
    assertThat(signed).isEqualTo(kept(server.app().push(server.app().authorizationRequest())));
    assertThat(signed.state().orElseThrow().value()).isEqualTo("some-state");
    assertThat(kept(bound().push(bound().object())).clientId()).isEqualTo(server.other().id());
  }

  @Test
  @Requirement({"MS-5.3.1-1", "ATT-61", "S-01", "JAR-6"})
  void refusesAnUnsignedRequestOfAClientThatSigns() {
    TestClient other = server.other();
    refused(other.push(other.authorizationRequest()), "400 invalid_request", "MS-5.3.1-1");
    refused(
        other.push(other.authorizationRequest().and("request", "")),
        "400 invalid_request",
        "MS-5.3.1-1");
    assertThat(server.app().push(server.app().authorizationRequest()).status()).isEqualTo(201);
  }

  @Test
  @Requirement({"MS-5.3.1-1"})
  void tellsItToSignBeforeAnythingElse() {
    refused(
        server.other().push(Params.of("client_id", "other-app", "request_uri", "urn:x")),
        "400 invalid_request",
        "MS-5.3.1-1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nbf", "exp", "client_id"})
  @Requirement({"MS-5.3.1-1"})
  void saysWhichClaimIsWrong(String claim) {
    Reply reply = bound().push(bound().object(claims -> claims.remove(claim)));
    assertThat(reply.string("error_description"))
        .isEqualTo(claim + " of the request object is missing or malformed");
  }

  @Test
  @Requirement({"MS-NR1"})
  void notesWhatWasSignedInTheLog() {
    assertThat(bound().push(bound().object()).status()).isEqualTo(201);
    assertThat(server.logged("detail")).contains("signed request");
    assertThat(server.app().push(server.app().authorizationRequest()).status()).isEqualTo(201);
    assertThat(server.logged("detail")).isEmpty();
  }

  @Test
  @Requirement({"JAR-4", "PAR-2"})
  void needsNoClientIdBesideTheObject() {
    Reply reply = server.other().push(Params.of("request", bound().object()));
    assertThat(reply.status()).as(reply.text()).isEqualTo(201);
  }

  @Test
  @Requirement({"JAR-2", "S-04"})
  void refusesTheClientIdOfAnotherClientBesideTheObject() {
    Params request = bound().carrying(bound().object()).with("client_id", "app");
    refused(server.other().push(request), "401 invalid_client", "CA-1");
  }

  @Test
  @Requirement({"JAR-5", "S-02", "JAR-4"})
  void ignoresWhatStandsBesideTheObject() {
    Params beside =
        Params.of("state", "outside", "nonce", "outside", "scope", "admin", "prompt", "none login")
            .and("redirect_uri", "https://evil.example/callback")
            .and("response_type", "token")
            .and("id_token_hint", "none")
            .and("authorization_details", "none")
            .and("dpop_jkt", "none");
    AuthorizationRequest request =
        kept(server.other().push(bound().carrying(bound().object()).and(beside)));
    assertThat(request).isEqualTo(kept(bound().push(bound().object())));
    assertThat(request.state().orElseThrow().value()).isEqualTo("some-state");
    assertThat(request.nonce().orElseThrow().value()).isEqualTo("some-nonce");
  }

  @Test
  @Requirement({"JAR-5", "S-02"})
  void doesNotFillUpTheObjectFromBeside() {
    String withoutState = bound().object(claims -> claims.remove("state"));
    Params beside = bound().carrying(withoutState).and("state", "outside");
    assertThat(kept(server.other().push(beside)).state()).isEmpty();

    String withoutPkce = bound().object(claims -> claims.remove("code_challenge"));
    refused(
        server
            .other()
            .push(bound().carrying(withoutPkce).and("code_challenge", TestClient.CHALLENGE)),
        "400 invalid_request",
        "PKCE-3");
  }

  @Test
  @Requirement({"PAR-3", "JAR-3", "S-04", "JAR-6"})
  void refusesARequestUriOutsideAndInside() {
    String pushed = bound().push(bound().object()).string("request_uri");
    refused(
        server.other().push(bound().carrying(bound().object()).and("request_uri", pushed)),
        "400 invalid_request",
        "PAR-3");
    refused(claims -> claims.put("request_uri", pushed), "JAR-3");
    refused(claims -> claims.put("request_uri", ""), "JAR-3");
    refused(claims -> claims.put("request_uri", List.of()), "JAR-3");
    refused(claims -> claims.put("request", bound().object()), "JAR-3");
  }

  @Test
  @Requirement({"OA-5"})
  void refusesTwoObjects() {
    Params request = bound().carrying(bound().object()).and("request", bound().object());
    refused(server.other().push(request), "400 invalid_request", "OA-5");
  }

  @ParameterizedTest
  @CsvSource({
    "code_challenge_method, plain, invalid_request, PKCE-2",
    "code_challenge, short, invalid_request, PKCE-2",
    "nonce, 0123456789012345678901234567890123456789012345678901234567890123x,"
        + " invalid_request, SP-5.3.2.2-14",
    "scope, openid admin, invalid_scope, OA-3",
    "redirect_uri, https://evil.example/callback, invalid_request, PAR-9",
    "response_type, token, unsupported_response_type, SP-5.3.2.2-1",
    "response_mode, fragment, invalid_request, OA-17",
    "resource, https://unknown.example.com, invalid_target, OA-11",
    "registration, '{}', registration_not_supported, OA-1",
    "id_token_hint, none, invalid_request, OA-18"
  })
  @Requirement({"JAR-6", "PKCE-3", "SP-5.3.2.2-5", "MS-5.3.1-1"})
  void refusesWhatIsAskedForAsIfItHadComeUnsigned(
      String name, String value, String error, String rule) {
    TestClient app = server.app();
    refused(app.push(app.authorizationRequest().with(name, value)), "400 " + error, rule);
    refused(free().push(free().object(c -> c.put(name, value))), "400 " + error, rule);
  }

  @Test
  @Requirement({"JAR-1", "RAR-2-2"})
  void takesAuthorizationDetailsAndClaimsAsJson() {
    Map<String, Object> detail =
        Map.of("type", "account_information", "actions", List.of("list_accounts"));
    AuthorizationRequest request =
        kept(
            bound()
                .push(
                    bound()
                        .object(
                            claims -> {
                              claims.put(AuthorizationDetails.NAME, List.of(RawJwt.json(detail)));
                              claims.put("claims", RawJwt.json(Map.of("userinfo", none())));
                              claims.put("max_age", 3600);
                              claims.put("resource", List.of(TestServer.API));
                            })));
    assertThat(request.authorizationDetails().list().getFirst().json().names())
        .containsExactlyInAnyOrder("type", "actions");
    assertThat(request.maxAge()).contains(Duration.ofHours(1));
    assertThat(request.claims()).isPresent();
    assertThat(request.resources()).hasSize(1);
  }

  private static Object none() {
    return RawJwt.json(Map.of());
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "[{\"type\":\"account_information\"}]", "{}"})
  @Requirement({"RAR-2-2", "RAR-5-1"})
  void refusesAuthorizationDetailsAsText(String text) {
    refused(
        bound().push(bound().object(c -> c.put(AuthorizationDetails.NAME, text))),
        "400 invalid_authorization_details",
        "RAR-5-1");
  }

  @Test
  @Requirement({"JAR-1", "RAR-5-1"})
  void refusesDetailsThatItDoesNotKnowAsIfTheyHadComeUnsigned() {
    Object detail = RawJwt.json(Map.of("type", "unheard_of"));
    refused(
        bound().push(bound().object(c -> c.put(AuthorizationDetails.NAME, List.of(detail)))),
        "400 invalid_authorization_details",
        "RAR-5-1");
  }

  @Test
  @Requirement({"OA-17", "JAR-5"})
  void readsTheResponseModeInTheObject() {
    Reply reply = bound().push(bound().object(c -> c.put("response_mode", "jwt")));
    assertThat(kept(reply).responseMode()).isEqualTo(ResponseMode.JWT);
  }

  @Test
  @Requirement({"PAR-15", "DP-16", "MS-5.3.1-1"})
  void bindsTheCodeToTheKeyOfAProofBesideTheObject() {
    TestClient other = server.other();
    String proof = other.proof("POST", server.url("/par"));
    Reply reply = bound().push(bound().object(), other.assertion(), proof);
    assertThat(kept(reply).dpopJkt()).contains(other.dpopKey().thumbprint());
  }

  @Test
  @Requirement({"PAR-15", "JAR-5"})
  void refusesAKeyInTheObjectThatIsNotThatOfTheProof() {
    TestClient other = server.other();
    String jkt = server.app().dpopKey().thumbprint().value();
    refused(
        bound()
            .push(
                bound().object(claims -> claims.put("dpop_jkt", jkt)),
                other.assertion(),
                other.proof("POST", server.url("/par"))),
        "400 invalid_dpop_proof",
        "PAR-15");
  }

  @Test
  @Requirement({"SP-5.3.2.2-4", "PAR-2"})
  void doesNotTakeASignatureForAuthentication() {
    Params request = bound().carrying(bound().object());
    refused(server.other().post("/par", request, List.of()), "401 invalid_client", "SP-5.3.2.2-4");
  }

  @Test
  @Requirement({"GM-5.1-1", "OA-5"})
  void ignoresGrantManagementWhileItIsOff() {
    String object = bound().object(c -> c.put("grant_management_action", "nonsense"));
    assertThat(kept(bound().push(object)).grantManagement()).isEmpty();
  }
}
