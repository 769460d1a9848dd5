package dev.countersign.resource.servlet;

import static dev.countersign.resource.servlet.Container.send;
import static dev.countersign.resource.servlet.Issued.ACCOUNTS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.accesstoken.Confirmation;
import dev.countersign.protocol.accesstoken.SenderConstraint;
import dev.countersign.protocol.mtls.CertificateThumbprint;
import dev.countersign.protocol.oauth.AccessToken;
import dev.countersign.requirement.Requirement;
import dev.countersign.resource.ResourceServer;
import dev.countersign.testkit.TestTls;
import jakarta.servlet.DispatcherType;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Certificate-bound tokens, over connections with and without a client certificate. */
class CertificatesTest {
  private static final TestTls CLIENT = TestTls.forHost("client");
  private static final TestTls OTHER = TestTls.forHost("other");

  private static Container container;

  private final AccessToken token =
      Issued.token(new Confirmation.Certificate(CertificateThumbprint.of(CLIENT.certificate())));

  @BeforeAll
  static void start() throws Exception {
    ResourceServer guard =
        Issued.guard(Issued.settings().taking(SenderConstraint.DPOP, SenderConstraint.MTLS));
    container =
        Container.with(
            content -> {
              content.filter("/*", new ResourceFilter(guard, ACCOUNTS), DispatcherType.REQUEST);
              content.servlet("/accounts", Pages.accounts());
            });
  }

  @AfterAll
  static void stop() {
    container.close();
  }

  private HttpRequest.Builder bearer() {
    return container.request("/accounts").header("Authorization", "Bearer " + token.reveal());
  }

  @Test
  @Requirement({"MT-6", "SP-5.3.4-1", "SP-5.3.4-5"})
  void takesATokenOverAConnectionOfItsCertificate() throws Exception {
    HttpResponse<String> answer = send(bearer(), CLIENT);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).startsWith("anna app ");
  }

  @Test
  @Requirement({"MT-6", "SP-5.3.4-5", "DP-12", "PR-4"})
  void refusesItOverAnotherConnection() throws Exception {
    for (HttpResponse<String> answer : List.of(send(bearer(), OTHER), send(bearer()))) {
      assertThat(answer.statusCode()).isEqualTo(401);
      assertThat(answer.headers().allValues("WWW-Authenticate"))
          .hasSize(2)
          .satisfies(
              challenges -> {
                assertThat(challenges.getFirst())
                    .startsWith("Bearer error=\"invalid_token\"")
                    .contains("resource_metadata=");
                assertThat(challenges.getLast())
                    .startsWith("DPoP algs=")
                    .contains("resource_metadata=")
                    .doesNotContain("error");
              });
    }
  }

  @Test
  @Requirement({"MT-6"})
  void believesNoHeaderThatSpeaksOfACertificate() throws Exception {
    String der = Base64.getEncoder().encodeToString(CLIENT.certificate().getEncoded());
    assertThat(send(bearer().header("Client-Cert", ":" + der + ":")).statusCode()).isEqualTo(401);
  }

  @Test
  @Requirement({"DP-12", "SP-5.3.4-5"})
  void takesADpopBoundTokenByItsProofWhateverTheCertificate() throws Exception {
    HttpRequest.Builder good =
        Issued.authorized(container.request("/accounts"), "GET", "/accounts");
    assertThat(send(good, OTHER).statusCode()).isEqualTo(200);
    HttpRequest.Builder asBearer =
        container.request("/accounts").header("Authorization", "Bearer " + Issued.token().reveal());
    assertThat(send(asBearer, CLIENT).statusCode()).isEqualTo(401);
  }
}
