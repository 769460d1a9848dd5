package dev.countersign.resource.servlet;

import static dev.countersign.resource.servlet.Container.send;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.accesstoken.Confirmation;
import dev.countersign.protocol.http.Challenge;
import dev.countersign.protocol.mtls.CertificateThumbprint;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.requirement.Requirement;
import dev.countersign.testkit.TestTls;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The bank of the documents. */
class GuardedBankTest {
  private static final TestTls CLIENT = TestTls.forHost("client");
  private static final String AUDIENCE = "https://api.example.com";

  private static Container container;

  @BeforeAll
  static void start() throws Exception {
    container =
        Container.atRoot(
            content -> {
              content.listener(new GuardedBank(Issued::guard));
              content.servlet("/accounts", Pages.accounts());
              content.servlet("/payments", Pages.accounts());
            });
  }

  @AfterAll
  static void stop() {
    container.close();
  }

  @Test
  @Requirement({"SP-5.3.4-1", "SP-5.3.4-4", "MT-6"})
  void readsForTheScopeOfReading() throws Exception {
    assertThat(send(request("/accounts", "accounts", Duration.ofHours(1)), CLIENT).body())
        .startsWith("anna app ");
    assertThat(send(request("/accounts", "payments", Duration.ofHours(1)), CLIENT).statusCode())
        .isEqualTo(403);
  }

  @Test
  @Requirement({"SU-1", "SU-3"})
  void paysForWhoLoggedInJustNow() throws Exception {
    assertThat(pay(Duration.ofMinutes(5)).statusCode()).isEqualTo(200);
    HttpResponse<String> tooLongAgo = pay(Duration.ofSeconds(301));
    assertThat(tooLongAgo.statusCode()).isEqualTo(401);
    Challenge challenge =
        Challenge.parse(tooLongAgo.headers().allValues(Challenge.HEADER)).getFirst();
    assertThat(challenge.scheme()).isEqualTo("Bearer");
    assertThat(challenge.attribute("error")).contains("insufficient_user_authentication");
    assertThat(challenge.attribute("max_age")).contains("300");
    assertThat(challenge.attribute("scope")).contains("payments");
  }

  @Test
  @Requirement({"PR-1"})
  void describesItself() throws Exception {
    HttpResponse<String> answer = send(container.request("/.well-known/oauth-protected-resource"));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("\"resource\":\"https://api.example.com\"");
  }

  private static HttpResponse<String> pay(Duration loggedInBefore) throws Exception {
    HttpRequest.Builder request = request("/payments", "payments", loggedInBefore);
    return send(request.POST(BodyPublishers.noBody()), CLIENT);
  }

  private static HttpRequest.Builder request(String path, String scope, Duration loggedInBefore) {
    String token =
        Issued.token(
                new Confirmation.Certificate(CertificateThumbprint.of(CLIENT.certificate())),
                AUDIENCE,
                Scope.of(scope),
                Issued.NOW.minus(loggedInBefore))
            .reveal();
    return container.request(path).header("Authorization", "Bearer " + token);
  }
}
