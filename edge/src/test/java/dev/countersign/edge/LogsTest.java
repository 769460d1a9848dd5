package dev.countersign.edge;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.countersign.testkit.CapturedLog;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.Logger;

/** What reaches a log at INFO, of the edge and of what it stands on. */
class LogsTest {
  private static final String SECRET = "s3cr3t";

  private final CapturedLog log = CapturedLog.of(Logger.ROOT_LOGGER_NAME, Level.INFO);

  @AfterEach
  void stopListening() {
    log.close();
  }

  @ParameterizedTest
  @EnumSource
  void hidesWhatAHandlerFailedWithAndLogsItOnOneLine(HttpClient.Version version) throws Exception {
    Handler failing =
        request -> {
          throw new IllegalStateException(SECRET, new NumberFormatException(SECRET));
        };
    try (Served served = Served.by(failing)) {
      var answer = served.send(version, request(served));
      assertThat(answer.statusCode()).isEqualTo(500);
      assertThat(answer.body()).isEmpty();
      assertThat(answer.headers().allValues("Cache-Control")).containsExactly("no-store");
      String id = answer.headers().firstValue("X-Error-Id").orElseThrow();
      lines()
          .filteredOn(line -> line.contains(id))
          .singleElement()
          .asString()
          .contains("IllegalStateException at ", "caused by java.lang.NumberFormatException at ")
          .contains("LogsTest")
          .doesNotContain("\n");
    }
    lines().noneMatch(line -> line.contains(SECRET));
  }

  @Test
  void hidesAnErrorOfTheMachineToo() throws Exception {
    Handler failing =
        request -> {
          throw new StackOverflowError(SECRET);
        };
    try (Served served = Served.by(failing)) {
      assertThat(served.send(HttpClient.Version.HTTP_2, request(served)).statusCode())
          .isEqualTo(500);
    }
    lines().anyMatch(line -> line.contains("StackOverflowError"));
    lines().noneMatch(line -> line.contains(SECRET));
  }

  @Test
  void takesNoAnswerForAFailure() throws Exception {
    try (Served served = Served.by(request -> null)) {
      assertThat(served.send(HttpClient.Version.HTTP_2, request(served)).statusCode())
          .isEqualTo(500);
    }
    lines().noneMatch(line -> line.contains(SECRET));
  }

  @Test
  void namesNoTargetHeaderOrBodyOfWhatItRefuses() throws Exception {
    try (Served served = Served.by(request -> HttpResponse.empty(204), s -> s.maxBody(10))) {
      String head = "POST /" + SECRET + "?" + SECRET + " HTTP/1.1\r\nHost: a\r\nX: " + SECRET;
      served.raw(head + "\r\nContent-Length: 99\r\n\r\n" + SECRET);
      served.raw(head + "\r\nTransfer-Encoding: chunked\r\n\r\n" + SECRET);
      served.raw(head + "\r\nTransfer-Encoding: " + SECRET + "\r\n\r\n");
      served.raw(head + "\0\r\n\r\n");
      served.raw("GET /" + SECRET + "%00 HTTP/1.1\r\nHost: a\r\n\r\n");
      served.raw("GET /" + SECRET + "\r\n\r\n");
      served.raw("GET /" + SECRET + " " + SECRET + "\r\n\r\n");
      served.raw("GET / HTTP/1.1\r\nHost: a\r\n" + SECRET + "\r\n\r\n");
      assertThat(served.send(HttpClient.Version.HTTP_2, request(served)).statusCode())
          .isEqualTo(204);
    }
    lines().anyMatch(line -> line.endsWith("refused below the application: 413"));
    lines().anyMatch(line -> line.endsWith("refused below the application: 400"));
    lines().noneMatch(line -> line.contains(SECRET));
  }

  @Test
  void namesNothingOfAClientThatGoesAwayInTheMiddle() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch gone = new CountDownLatch(1);
    Handler slow =
        request -> {
          begun.countDown();
          gone.await();
          return HttpResponse.of(200, "text/plain", new byte[4_000_000]);
        };
    try (Served served = Served.by(slow)) {
      String head = "POST /" + SECRET + "?" + SECRET + " HTTP/1.1\r\nHost: a\r\n";
      cut(served, head + "Content-Length: 99\r\n\r\nhalf");
      cut(served, head + "Transfer-Encoding: chunked\r\n\r\n9\r\nhalf");
      try (SSLSocket socket = served.tls()) {
        socket.getOutputStream().write((head + "Content-Length: 0\r\n\r\n").getBytes(ISO_8859_1));
        begun.await();
        socket.setSoLinger(true, 0);
      }
      gone.countDown();
    }
    lines().noneMatch(line -> line.contains(SECRET));
  }

  private static void cut(Served served, String text) throws Exception {
    try (SSLSocket socket = served.tls()) {
      socket.getOutputStream().write(text.getBytes(ISO_8859_1));
    }
  }

  private static HttpRequest.Builder request(Served served) {
    return HttpRequest.newBuilder(served.uri("/" + SECRET + "?" + SECRET + "=" + SECRET))
        .header("Authorization", "DPoP " + SECRET)
        .POST(BodyPublishers.ofString(SECRET));
  }

  private org.assertj.core.api.ListAssert<String> lines() {
    return assertThat(log.texts()).isNotEmpty();
  }
}
