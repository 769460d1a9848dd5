package dev.countersign.edge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ch.qos.logback.classic.Level;
import dev.countersign.testkit.CapturedLog;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An application that answers what it does not get. */
class RefusedRequestTest {
  private static final int MAX_BODY = 1000;

  private static final BlockingQueue<Integer> REFUSED = new LinkedBlockingQueue<>();

  private static Served served;

  @BeforeAll
  static void start() throws Exception {
    served =
        Served.by(
            new Talkative(),
            server -> server.maxBody(MAX_BODY).idleTimeout(Duration.ofMillis(500)));
  }

  @AfterAll
  static void stop() {
    served.close();
  }

  private static final class Talkative implements Handler {
    @Override
    public HttpResponse handle(HttpRequest request) {
      return HttpResponse.empty(204);
    }

    @Override
    public Optional<HttpResponse> refuse(RefusedRequest request) {
      REFUSED.add(request.status());
      String seen =
          request
              .head()
              .map(
                  head ->
                      head.method()
                          + " "
                          + head.path()
                          + " "
                          + head.headers().first("x-id").orElse("-")
                          + " "
                          + head.body().length)
              .orElse("nothing");
      if (seen.contains("/fail")) {
        throw new IllegalStateException("s3cr3t");
      }
      return Optional.of(
          HttpResponse.of(request.status(), "text/plain", seen.getBytes(UTF_8)).with("X-Own", "1"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void answersABodyThatIsTooLargeKnowingItsHead(HttpClient.Version version) throws Exception {
    var answer = post(version, "/x", MAX_BODY + 1);
    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(answer.body()).isEqualTo("POST /x 7 0");
    assertThat(answer.headers().allValues("X-Own")).containsExactly("1");
    assertThat(post(version, "/x", MAX_BODY).statusCode()).isEqualTo(204);
  }

  @Test
  void answersWhatIsOverAnotherLimit() throws Exception {
    String slow = "POST /slow HTTP/1.1\r\nHost: a\r\nX-Id: 7\r\nContent-Length: 9\r\n\r\nhalf";
    assertThat(served.raw(slow)).startsWith("HTTP/1.1 408 ").endsWith("POST /slow 7 0");
    String target = "/" + "a".repeat(64 * 1024);
    assertThat(served.raw("GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n"))
        .startsWith("HTTP/1.1 414 ")
        .contains("X-Own: 1");
  }

  @Test
  void answersWhatIsNoHttpAndClosesTheConnection() throws Exception {
    for (String broken :
        new String[] {
          "nonsense\r\n\r\n",
          "GET /%00 HTTP/1.1\r\nHost: a\r\n\r\n",
          "GET / HTTP/1.1\r\nHost: a\r\nX: b\0c\r\n\r\n",
          "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nnonsense\r\n"
        }) {
      assertThat(served.raw(broken))
          .startsWith("HTTP/1.1 400 ")
          .contains("X-Own: 1", "Connection: close");
    }
  }

  @Test
  void takesAClientThatGoesAwayForItsFaultAndNotForOurs() throws Exception {
    REFUSED.clear();
    try (RawHttp2 connection = RawHttp2.to(served)) {
      // Many, since it goes away before its request is looked at or while its body is read.
      for (int stream = 1; stream < 80; stream += 2) {
        connection.post(stream, "/x");
        connection.cancel(stream);
        assertThat(REFUSED.poll(10, TimeUnit.SECONDS)).isEqualTo(400);
      }
      connection.get(81, "/x");
      assertThat(connection.next(RawHttp2.HEADERS).stream()).isEqualTo(81);
    }
    assertThat(REFUSED).isEmpty();
  }

  @Test
  void fallsBackToTheStatusAloneWhereTheApplicationFails() throws Exception {
    try (CapturedLog log = CapturedLog.aside("dev.countersign", Level.TRACE)) {
      var answer = post(HttpClient.Version.HTTP_2, "/fail", MAX_BODY + 1);
      assertThat(answer.statusCode()).isEqualTo(413);
      assertThat(answer.body()).isEmpty();
      assertThat(log.text()).contains("IllegalStateException at ").doesNotContain("s3cr3t");
    }
  }

  @Test
  void leavesTheLogToAnApplicationThatAnswers() throws Exception {
    try (CapturedLog log = CapturedLog.aside("dev.countersign", Level.INFO)) {
      post(HttpClient.Version.HTTP_2, "/x", MAX_BODY + 1);
      assertThat(log.events()).isEmpty();
    }
  }

  @Test
  void isOneWithAStatusThatRefuses() {
    assertThat(new RefusedRequest(400, Optional.empty()).head()).isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RefusedRequest(399, Optional.empty()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RefusedRequest(600, Optional.empty()));
  }

  private static java.net.http.HttpResponse<String> post(
      HttpClient.Version version, String path, int length) throws Exception {
    return served.send(
        version,
        java.net.http.HttpRequest.newBuilder(served.uri(path))
            .header("X-Id", "7")
            .POST(BodyPublishers.ofByteArray(new byte[length])));
  }
}
