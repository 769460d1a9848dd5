package dev.countersign.resource.servlet;

import static dev.countersign.resource.servlet.Container.send;
import static dev.countersign.resource.servlet.Issued.ACCOUNTS;
import static dev.countersign.resource.servlet.Issued.PAYMENTS;
import static dev.countersign.resource.servlet.Issued.authorized;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.metadata.ProtectedResourceMetadata;
import dev.countersign.protocol.oauth.AccessToken;
import dev.countersign.protocol.resourcerequest.UserAuthentication;
import dev.countersign.protocol.resourcerequest.Wanted;
import dev.countersign.requirement.Requirement;
import dev.countersign.resource.ResourceServer;
import dev.countersign.resource.TokenStatusUnavailableException;
import dev.countersign.testkit.CapturedLog;
import jakarta.servlet.DispatcherType;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResourceFilterTest {
  private static final String ID = "c770aef3-6784-41f7-8e0e-ff5f97bddb3a";
  private static final String METADATA = "/.well-known/oauth-protected-resource/bank";

  private Container container;

  @BeforeEach
  void start() throws Exception {
    ResourceFilter filter =
        new ResourceFilter(
            Issued.guard(),
            request ->
                switch (request.getServletPath()) {
                  case "/payments" -> Wanted.of(PAYMENTS);
                  case "/recent" ->
                      Wanted.of(ACCOUNTS).with(UserAuthentication.within(Duration.ofMinutes(5)));
                  default -> Wanted.of(ACCOUNTS);
                });
    container =
        Container.with(
            content -> {
              content.filter("/*", filter, DispatcherType.REQUEST);
              content.servlet("/accounts/*", Pages.accounts());
              content.servlet("/payments", Pages.accounts());
              content.servlet("/recent", Pages.accounts());
              content.servlet(
                  "/form",
                  Pages.of(
                      (request, answer) ->
                          answer
                              .getWriter()
                              .print(
                                  request.getParameter("a")
                                      + " "
                                      + request.getParameter("access_token"))));
            });
  }

  @AfterEach
  void stop() {
    container.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/accounts", "/accounts/a%20b", "/accounts?limit=5"})
  @Requirement({"SP-5.3.4-1", "SP-5.3.4-5", "IA-2.2.1-2"})
  void letsThroughWhatTheCoreAdmitsAndSaysForWhom(String path) throws Exception {
    HttpResponse<String> answer =
        send(
            authorized(container.request(path), "GET", path.split("\\?", 2)[0])
                .header("x-fapi-interaction-id", ID));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("anna app " + ID);
    assertThat(answer.headers().allValues("x-fapi-interaction-id")).containsExactly(ID);
  }

  @Test
  @Requirement({"OA-9", "DP-11", "PR-4", "IA-2.2.1-2"})
  void challengesARequestWithoutToken() throws Exception {
    HttpResponse<String> answer =
        send(container.request("/accounts").header("x-fapi-interaction-id", ID));
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.body()).isEmpty();
    assertThat(answer.headers().allValues("x-fapi-interaction-id")).containsExactly(ID);
    assertThat(answer.headers().allValues("Cache-Control")).containsExactly("no-store");
    assertThat(answer.headers().allValues("WWW-Authenticate"))
        .containsExactly(
            "DPoP algs=\"PS256 ES256 EdDSA\", resource_metadata=\"https://api.example.com"
                + METADATA
                + "\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"DPoP", "dpop", "DPOP", "dPoP"})
  @Requirement({"DP-4", "SP-5.3.4-5"})
  void findsTheProofWhateverTheCaseOfItsName(String name) throws Exception {
    AccessToken token = Issued.token();
    HttpRequest.Builder request =
        container
            .request("/accounts")
            .header("authorization", "dpop " + token.reveal())
            .header(name, Issued.proof("GET", "/accounts", token));
    assertThat(send(request).statusCode()).isEqualTo(200);
  }

  @Test
  @Requirement({"DP-4", "SP-5.3.4-5"})
  void seesTwoProofsAsTwo() throws Exception {
    AccessToken token = Issued.token();
    HttpRequest.Builder request =
        container
            .request("/accounts")
            .header("Authorization", "DPoP " + token.reveal())
            .header("DPoP", Issued.proof("GET", "/accounts", token))
            .header("DPoP", Issued.proof("GET", "/accounts", token));
    HttpResponse<String> answer = send(request);
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(challenge(answer)).contains("invalid_dpop_proof");
  }

  @Test
  @Requirement({"DP-4"})
  void comparesTheUrlOfTheProofWithThePathThatWasAskedFor() throws Exception {
    HttpRequest.Builder request =
        authorized(container.request("/accounts/a"), "GET", "/accounts/b");
    assertThat(send(request).statusCode()).isEqualTo(401);
  }

  @Test
  @Requirement({"SP-5.3.4-4", "SU-1"})
  void refusesWhatIsNotEnough() throws Exception {
    HttpResponse<String> scope =
        send(authorized(container.request("/payments"), "GET", "/payments"));
    assertThat(scope.statusCode()).isEqualTo(403);
    assertThat(challenge(scope)).contains("insufficient_scope", "scope=\"payments\"");
    HttpResponse<String> login = send(authorized(container.request("/recent"), "GET", "/recent"));
    assertThat(login.statusCode()).isEqualTo(401);
    assertThat(challenge(login)).contains("insufficient_user_authentication", "max_age=\"300\"");
  }

  /** One servlet, whatever is written into the path. */
  @ParameterizedTest
  @ValueSource(strings = {"/payments;a=b", "/%70ayments", "/x/..;/payments", "//payments"})
  @Requirement({"SP-5.3.4-4"})
  void judgesByTheServletThatTheContainerChose(String path) throws Exception {
    assertThat(send(authorized(container.request(path), "GET", path)).statusCode())
        .isBetween(400, 404);
  }

  @Test
  @Requirement({"SP-5.3.4-3"})
  void refusesARequestForNoPath() throws Exception {
    String answer =
        container.raw("OPTIONS * HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 4");
  }

  @Test
  @Requirement({"SP-5.3.4-2"})
  void refusesATokenInTheQuery() throws Exception {
    HttpRequest.Builder request =
        authorized(container.request("/accounts?access_token=x"), "GET", "/accounts");
    assertThat(send(request).statusCode()).isEqualTo(400);
  }

  @Test
  @Requirement({"SP-5.3.4-2"})
  void leavesAFormToItsReaderAndTakesNoTokenFromIt() throws Exception {
    String form = "a=b&access_token=" + Issued.token().reveal();
    HttpResponse<String> alone = send(post(container.request("/form"), form));
    assertThat(alone.statusCode()).isEqualTo(401);
    assertThat(challenge(alone)).doesNotContain("error");
    HttpResponse<String> beside =
        send(post(authorized(container.request("/form"), "POST", "/form"), "a=b"));
    assertThat(beside.body()).isEqualTo("b null");
  }

  @Test
  @Requirement({"PR-1", "IA-2.2.1-2"})
  void servesTheMetadataToAnybody() throws Exception {
    try (Container root = root()) {
      HttpResponse<String> answer =
          send(root.request(METADATA).header("x-fapi-interaction-id", ID));
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
      assertThat(answer.headers().firstValue("x-fapi-interaction-id")).contains(ID);
      ProtectedResourceMetadata read =
          ProtectedResourceMetadata.parse(
              JsonObject.parse(answer.body()), URI.create("https://api.example.com/bank"));
      assertThat(read.resourceName()).contains("Bank");
      HttpResponse<String> head = send(root.request(METADATA).method("HEAD", none()));
      assertThat(head.statusCode()).isEqualTo(200);
      assertThat(head.body()).isEmpty();
    }
  }

  @Test
  @Requirement({"PR-1"})
  void servesTheMetadataNowhereElse() throws Exception {
    try (Container root = root()) {
      HttpResponse<String> post = send(root.request(METADATA).POST(none()));
      assertThat(post.statusCode()).isEqualTo(405);
      assertThat(post.headers().firstValue("Allow")).contains("GET, HEAD");
      assertThat(send(root.request(METADATA + "/x")).statusCode()).isEqualTo(401);
    }
  }

  @Test
  @Requirement({"SP-5.3.4-3", "IA-2.2.1-2"})
  void serves503WhileNobodyCanSayWhetherATokenStands() throws Exception {
    ResourceServer cutOff =
        Issued.guard()
            .asking(
                (token, now) -> {
                  throw new TokenStatusUnavailableException("nobody answers");
                });
    try (Container alone =
        Container.with(
            content -> {
              content.filter("/*", new ResourceFilter(cutOff, ACCOUNTS), DispatcherType.REQUEST);
              content.servlet("/accounts", Pages.accounts());
            })) {
      HttpResponse<String> answer =
          send(
              authorized(alone.request("/accounts"), "GET", "/accounts")
                  .header("x-fapi-interaction-id", ID));
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.headers().firstValue("WWW-Authenticate")).isEmpty();
      assertThat(answer.headers().firstValue("x-fapi-interaction-id")).contains(ID);
    }
  }

  @Test
  @Requirement({"IA-2.2.1-3"})
  void logsWhyARequestWasRefusedAndNoToken() throws Exception {
    try (CapturedLog log = CapturedLog.of(ResourceFilter.class.getName(), Level.INFO)) {
      AccessToken token = Issued.token();
      send(
          container
              .request("/accounts")
              .header("x-fapi-interaction-id", ID)
              .header("Authorization", "DPoP " + token.reveal()));
      assertThat(log.text()).contains(ID, "rule=DP-4", "status=401", "detail=");
      assertThat(log.text()).doesNotContain(token.reveal());
    }
  }

  /** A filter in the root of the server, where the well-known path is. */
  private static Container root() throws Exception {
    return Container.atRoot(
        content ->
            content.filter(
                "/*", new ResourceFilter(Issued.guard(), ACCOUNTS), DispatcherType.REQUEST));
  }

  private static HttpRequest.Builder post(HttpRequest.Builder request, String form) {
    return request
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(BodyPublishers.ofString(form));
  }

  private static HttpRequest.BodyPublisher none() {
    return BodyPublishers.noBody();
  }

  private static String challenge(HttpResponse<String> answer) {
    return String.join("\n", answer.headers().allValues("WWW-Authenticate"));
  }
}
