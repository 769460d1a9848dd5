package dev.countersign.demo.bank;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.accesstoken.Confirmation;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.metadata.ProtectedResourceMetadata;
import dev.countersign.protocol.mtls.CertificateThumbprint;
import dev.countersign.protocol.oauth.AccessToken;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.remote.StrictTls;
import dev.countersign.requirement.Requirement;
import dev.countersign.testkit.TestTls;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Who may read what. */
class BankApiTest extends BankScene {
  @Test
  @Requirement({"SP-5.3.4-1", "SP-5.3.4-4"})
  void showsEverybodyTheOwnAccountsOnly() throws Exception {
    assertThat(get("/accounts", ANNA).body())
        .isEqualTo(
            "{\"accounts\":[{\"id\":\"a\",\"name\":\"Current\",\"iban\":\"IBAN-a\",\"balance\":\"100.00\","
                + "\"currency\":\"EUR\"}]}");
    assertThat(get("/accounts", BEN).body()).contains("\"id\":\"b\"").doesNotContain("\"a\"");
  }

  @Test
  void showsTheBookingsOfTheOwnAccount() throws Exception {
    assertThat(get("/accounts/a/transactions", ANNA).statusCode()).isEqualTo(200);
  }

  @Test
  @Requirement("A7-15")
  void hidesAnothersAccountAsIfThereWereNone() throws Exception {
    HttpResponse<String> anothers = get("/accounts/b/transactions", ANNA);
    HttpResponse<String> nobodys = get("/accounts/x/transactions", ANNA);
    assertThat(anothers.statusCode()).isEqualTo(404);
    assertThat(anothers.body()).isEqualTo(nobodys.body());
  }

  @Test
  @Requirement({"SP-5.3.4-4", "OA-9"})
  void refusesToReadWithATokenForPaying() throws Exception {
    AccessToken token = token(ANNA, Scope.NONE, bound(), details(order("a", "1.00")), "grant-1");
    HttpResponse<String> refused = send(authorized("GET", "/accounts", token).GET());
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.headers().firstValue("WWW-Authenticate"))
        .hasValueSatisfying(value -> assertThat(value).contains("scope=\"accounts\""));
    assertThat(refusals.take().rule().value()).isEqualTo("SP-5.3.4-4");
  }

  @Test
  @Requirement({"SP-5.3.4-1", "OA-9"})
  void asksForATokenWhereThereIsNone() throws Exception {
    HttpResponse<String> refused = send(request("/accounts").GET());
    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(refused.headers().firstValue("WWW-Authenticate"))
        .hasValueSatisfying(value -> assertThat(value).startsWith("DPoP").doesNotContain("error"));
  }

  @Test
  @Requirement({"IA-2.2.1-2"})
  void answersUnderTheInteractionIdOfTheRequest() throws Exception {
    String id = "2f3a9b1c-0d4e-4f5a-8b6c-7d8e9f0a1b2c";
    HttpRequest.Builder request =
        authorized("GET", "/accounts", ANNA).header("x-fapi-interaction-id", id).GET();
    assertThat(send(request).headers().firstValue("x-fapi-interaction-id")).contains(id);
    assertThat(
            send(request("/accounts").header("x-fapi-interaction-id", "no uuid").GET())
                .headers()
                .firstValue("x-fapi-interaction-id"))
        .hasValueSatisfying(fresh -> assertThat(fresh).hasSize(36).isNotEqualTo(id));
  }

  @Test
  @Requirement({"PR-1", "PR-2", "PR-4"})
  void describesItselfToAnybodyAndSaysWhereInItsChallenge() throws Exception {
    String path = "/.well-known/oauth-protected-resource";
    HttpResponse<String> answer = send(request(path).GET());
    assertThat(answer.statusCode()).isEqualTo(200);
    ProtectedResourceMetadata read =
        ProtectedResourceMetadata.parse(JsonObject.parse(answer.body()), BANK);
    assertThat(read.authorizationServers()).containsExactly(ISSUER);
    assertThat(read.scopesSupported()).containsExactly("accounts");
    assertThat(read.authorizationDetailsTypesSupported()).containsExactly("payment_initiation");
    assertThat(read.tlsClientCertificateBoundAccessTokens()).isTrue();
    assertThat(send(request(path).DELETE()).statusCode()).isEqualTo(405);
    assertThat(send(request("/accounts").GET()).headers().firstValue("WWW-Authenticate"))
        .hasValueSatisfying(
            value -> assertThat(value).contains("resource_metadata=\"" + BANK + path + "\""));
  }

  @Test
  @Requirement({"MT-6", "SP-5.3.4-5"})
  void takesACertificateBoundTokenOverItsConnectionAlone() throws Exception {
    TestTls certificate = TestTls.forHost("client");
    AccessToken token =
        token(
            ANNA,
            new Confirmation.Certificate(CertificateThumbprint.of(certificate.certificate())));
    HttpRequest.Builder bearer =
        request("/accounts").header("Authorization", "Bearer " + token.reveal()).GET();
    assertThat(send(bearer).statusCode()).isEqualTo(401);
    try (HttpClient holder =
        StrictTls.httpClient(certificate.client(ca.certificate()), Duration.ofSeconds(5))) {
      HttpResponse<String> good = holder.send(bearer.build(), BodyHandlers.ofString());
      assertThat(good.statusCode()).isEqualTo(200);
      assertThat(good.body()).contains("100.00");
    }
  }

  @Test
  void knowsNoOtherPathAndNoOtherVerb() throws Exception {
    assertThat(send(request("/account").GET()).statusCode()).isEqualTo(404);
    HttpResponse<String> verb = send(request("/accounts").DELETE());
    assertThat(verb.statusCode()).isEqualTo(405);
    assertThat(verb.headers().firstValue("Allow")).contains("GET");
  }
}
