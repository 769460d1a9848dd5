package dev.countersign.edge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouteTableTest {
  private static final Handler METHOD =
      request -> HttpResponse.of(200, "text/plain", request.method().getBytes(UTF_8));
  private static final Handler TARGET =
      request ->
          HttpResponse.of(
              200, "text/plain", (request.path() + " " + request.query()).getBytes(UTF_8));

  private static Served served;

  @BeforeAll
  static void start() throws Exception {
    served =
        Served.by(
            new RouteTable(
                new Route("GET", "/page", METHOD),
                new Route("POST", "/token", METHOD),
                new Route(Set.of("GET", "POST"), "/login", METHOD),
                new Route("OPTIONS", "/jwks", METHOD),
                new Route("GET", "/raw/%2e%2e//a;b=c", TARGET)));
  }

  @AfterAll
  static void stop() {
    served.close();
  }

  @ParameterizedTest
  @EnumSource
  void handsARequestToItsRoute(HttpClient.Version version) throws Exception {
    var answer = served.send(version, request("POST", "/token"));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("POST");
  }

  @ParameterizedTest
  @EnumSource
  void answersHeadWhereGetIs(HttpClient.Version version) throws Exception {
    var answer = served.send(version, request("HEAD", "/page"));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
    assertThat(answer.headers().firstValue("Content-Length")).contains("4");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/Token",
        "/token/",
        "//token",
        "/./token",
        "/x/../token",
        "/x/%2e%2e/token",
        "/%74oken",
        "/token;x=1",
        "/token/..;/token",
        "/token%2f",
        "/token%5c",
        "/token%20",
        "/%ff",
      })
  void knowsNoOtherSpellingOfAPath(String target) throws Exception {
    String answer =
        served.raw("POST " + target + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 404 ").contains("Cache-Control: no-store\r\n");
    assertThat(answer).contains("Content-Length: 0\r\n").endsWith("\r\n\r\n");
  }

  @Test
  void handsTargetsOnAsTheyCame() throws Exception {
    String request =
        "GET /raw/%2e%2e//a;b=c?x=%zz&[|]=%41 HTTP/1.1\r\nHost: a\r\nConnection: close";
    assertThat(served.raw(request + "\r\n\r\n"))
        .endsWith("\r\n\r\n/raw/%2e%2e//a;b=c Optional[x=%zz&[|]=%41]");
    assertThat(served.get("/raw/%2e%2e//a;b=c").body()).endsWith("Optional.empty");
    assertThat(served.get("/raw/%2e%2e//a;b=c?").body()).endsWith("Optional[]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "post"})
  void refusesAnotherMethodAndNamesTheRightOnes(String method) throws Exception {
    String answer = served.raw(method + " /token HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 405 ").contains("\r\nAllow: POST\r\n");
    assertThat(answer).contains("Cache-Control: no-store\r\n").endsWith("\r\n\r\n");
  }

  @Test
  void namesHeadWhereGetIs() throws Exception {
    var answer = served.send(HttpClient.Version.HTTP_2, request("PUT", "/login"));
    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("Allow")).contains("GET, HEAD, POST");
  }

  @Test
  void answersOptionsOnlyWhereItIsRouted() throws Exception {
    assertThat(served.send(HttpClient.Version.HTTP_2, request("OPTIONS", "/jwks")).statusCode())
        .isEqualTo(200);
    assertThat(served.send(HttpClient.Version.HTTP_2, request("OPTIONS", "/page")).statusCode())
        .isEqualTo(405);
    assertThat(served.raw("OPTIONS * HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 404 ");
  }

  @Test
  void refusesTwoRoutesForOneMethodAndPath() {
    Route get = new Route("GET", "/a", METHOD);
    assertThat(new RouteTable(get, new Route("POST", "/a", METHOD))).isNotNull();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RouteTable(get, new Route(Set.of("PUT", "GET"), "/a", METHOD)))
        .withMessage("two routes for GET /a");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "token", "*", "/a?b", "/a#b", "/a b", "/a%0"})
  void refusesARouteWithoutARawPath(String path) {
    assertThatIllegalArgumentException().isThrownBy(() -> new Route("GET", path, METHOD));
  }

  @Test
  void refusesARouteWithoutMethods() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Route(Set.of(), "/a", METHOD));
    assertThatIllegalArgumentException().isThrownBy(() -> new Route("", "/a", METHOD));
    assertThatIllegalArgumentException().isThrownBy(() -> new Route("GET POST", "/a", METHOD));
  }

  private static HttpRequest.Builder request(String method, String target) {
    return HttpRequest.newBuilder(served.uri(target)).method(method, BodyPublishers.noBody());
  }
}
