package dev.countersign.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is broken below the application, over a connection of its own each. */
class BrokenRequestTest {
  private static final AtomicInteger HANDLED = new AtomicInteger();
  private static final String GOOD = "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
  private static final String POST = "POST / HTTP/1.1\r\nHost: a\r\n";

  private static Served served;

  @BeforeAll
  static void start() throws Exception {
    served =
        Served.by(
            request -> {
              HANDLED.incrementAndGet();
              return HttpResponse.empty(204);
            });
  }

  @AfterAll
  static void stop() {
    served.close();
  }

  @Test
  void answersTheRequestsThatTheOthersDifferFrom() throws Exception {
    assertThat(served.raw(GOOD)).startsWith("HTTP/1.1 204 ");
    String chunked =
        POST + "Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n";
    assertThat(served.raw(chunked)).startsWith("HTTP/1.1 204 ");
  }

  static List<String> broken() {
    return List.of(
        "nonsense\r\n\r\n",
        "GET / HTTP/1.1 more\r\nHost: a\r\n\r\n",
        GOOD.replace("GET /", "G\0T /"),
        GOOD.replace("GET /", "G{T /"),
        GOOD.replace("GET /", "GET /\0"),
        GOOD.replace("GET /", "GET /%00"),
        GOOD.replace("GET /", "GET /%zz"),
        GOOD.replace("GET /", "GET /%4"),
        GOOD.replace("GET /", "GET /%u0041"),
        GOOD.replace("GET /", "GET /\\"),
        GOOD.replace("GET /", "GET /<b>"),
        GOOD.replace("GET /", "GET /\u00e9"),
        GOOD.replace("GET /", "GET /?q=\0"),
        GOOD.replace("GET /", "GET /?q=\u00e9"),
        GOOD.replace("GET /", "GET /#fragment"),
        GOOD.replace("GET /", "GET https://user:word@a/"),
        GOOD.replace("GET /", "GET https://b/"),
        GOOD.replace("GET /", "GET no-slash"),
        GOOD.replace("GET /", "OPTIONS no-slash"),
        GOOD.replace("GET /", "PRI no-slash"),
        GOOD.replace("GET /", "GET *"),
        GOOD.replace("GET /", "CONNECT a:443"),
        GOOD.replace("Host: a", "Host: a\r\nHost: b"),
        GOOD.replace("Host: a", "Host:"),
        GOOD.replace("Host: a\r\n", ""),
        GOOD.replace("Host: a", "Host: a\r\n folded"),
        GOOD.replace("Host: a", "Host : a"),
        GOOD.replace("Host: a", "Host: a\r\nX\0Y: b"),
        GOOD.replace("Host: a", "Host: a\r\nX: b\0c"),
        GOOD.replace("Host: a", "Host: a\r\nno colon"),
        POST + "Content-Length: x\r\n\r\n",
        POST + "Content-Length: -1\r\n\r\n",
        POST + "Content-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        POST + "Content-Length: 1, 1\r\n\r\na",
        POST + "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        POST + "Transfer-Encoding: gzip\r\n\r\n",
        POST + "Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n",
        POST + "Transfer-Encoding: chunked\r\n\r\nnonsense\r\n",
        POST + "Transfer-Encoding: chunked\r\n\r\n-1\r\na\r\n0\r\n\r\n",
        POST + "Transfer-Encoding: chunked\r\n\r\n1\r\nab\r\n0\r\n\r\n",
        POST + "Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\na\r\n0\r\n\r\n");
  }

  @ParameterizedTest
  @MethodSource("broken")
  void refusesABrokenRequestAndSaysNothingMore(String request) throws Exception {
    int before = HANDLED.get();
    String answer = served.raw(request);
    assertThat(answer).startsWith("HTTP/1.1 400 ").contains("Cache-Control: no-store\r\n");
    assertThat(answer).contains("Content-Length: 0\r\n").endsWith("\r\n\r\n");
    assertThat(answer).contains("Connection: close\r\n");
    assertThat(answer.toLowerCase(Locale.ROOT)).doesNotContain("jetty", "server:", "java", "<b>");
    assertThat(HANDLED).as("the application never saw it").hasValue(before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gzip, chunked",
        "identity, chunked",
        "gzip\r\nTransfer-Encoding: chunked",
        "gzip,\tCHUNKED"
      })
  void refusesABodyInACodingThatNobodyDecodes(String coding) throws Exception {
    int before = HANDLED.get();
    String answer =
        served.raw(POST + "Transfer-Encoding: " + coding + "\r\n\r\n1\r\na\r\n0\r\n\r\n" + GOOD);
    assertThat(answer).startsWith("HTTP/1.1 501 ").contains("Connection: close\r\n");
    assertThat(answer).contains("Cache-Control: no-store\r\n").doesNotContain("204");
    assertThat(HANDLED).as("the application never saw it").hasValue(before);
  }

  @Test
  void readsAChunkedBodyHoweverItsCodingIsSpelled() throws Exception {
    String chunked = POST + "Connection: close\r\nTransfer-Encoding: CHUNKED\r\n\r\n0\r\n\r\n";
    assertThat(served.raw(chunked)).startsWith("HTTP/1.1 204 ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTP/0.9", "HTTP/1.2", "HTTP/2.0", "HTTP/3.0", "HTTX/1.1"})
  void refusesAnotherVersion(String version) throws Exception {
    int before = HANDLED.get();
    String answer = served.raw(GOOD.replace("HTTP/1.1", version));
    assertThat(answer).containsPattern("^HTTP/1\\.1 (400|426|505) ");
    assertThat(answer).endsWith("\r\n\r\n");
    assertThat(HANDLED).hasValue(before);
  }

  @Test
  void refusesARequestHiddenBehindTwoLengths() throws Exception {
    String smuggled =
        POST + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + GOOD;
    assertThat(served.raw(smuggled)).startsWith("HTTP/1.1 400 ").doesNotContain("204");
  }

  @Test
  void answersNoUpgradeToUnprotectedHttp2() throws Exception {
    String upgrade =
        """
        GET / HTTP/1.1\r
        Host: a\r
        Connection: Upgrade, HTTP2-Settings, close\r
        Upgrade: h2c\r
        HTTP2-Settings: AAMAAABk\r
        \r
        """;
    assertThat(served.raw(upgrade)).startsWith("HTTP/1.1 204 ");
  }
}
