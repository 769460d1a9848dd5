package dev.countersign.edge;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LimitsTest {
  private static final int MAX_BODY = 1000;
  private static final int MAX_HEADERS = 8 * 1024;
  private static final AtomicInteger HANDLED = new AtomicInteger();

  private static Served served;

  @BeforeAll
  static void start() throws Exception {
    Handler length =
        request -> {
          HANDLED.incrementAndGet();
          byte[] digits = Integer.toString(request.body().length).getBytes(ISO_8859_1);
          return HttpResponse.of(200, "text/plain", digits);
        };
    served =
        Served.by(
            length,
            server ->
                server
                    .maxBody(MAX_BODY)
                    .maxHeaders(MAX_HEADERS)
                    .idleTimeout(Duration.ofMillis(700))
                    .bodyTimeout(Duration.ofMillis(300)));
  }

  @AfterAll
  static void stop() {
    served.close();
  }

  @ParameterizedTest
  @EnumSource
  void acceptsABodyAsLongAsTheLimit(HttpClient.Version version) throws Exception {
    assertThat(post(version, sized(MAX_BODY)).body()).isEqualTo("1000");
    assertThat(post(version, chunked(MAX_BODY)).body()).isEqualTo("1000");
  }

  @ParameterizedTest
  @EnumSource
  void refusesABodyOneByteLonger(HttpClient.Version version) throws Exception {
    var answer = post(version, sized(MAX_BODY + 1));
    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(answer.headers().allValues("Cache-Control")).containsExactly("no-store");
    assertThat(answer.body()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void refusesABodyOfUnsaidLengthOneByteLonger(HttpClient.Version version) throws Exception {
    assertThat(post(version, chunked(MAX_BODY + 1)).statusCode()).isEqualTo(413);
  }

  @ParameterizedTest
  @EnumSource
  void answersWhoSendsAMegabyte(HttpClient.Version version) throws Exception {
    assertThat(post(version, sized(1_000_000)).statusCode()).isEqualTo(413);
    assertThat(post(version, chunked(1_000_000)).statusCode()).isEqualTo(413);
  }

  @Test
  void refusesAnHonestLengthBeforeABodyIsSent() throws Exception {
    int before = HANDLED.get();
    String head = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1001\r\n\r\n";
    String waiting = head.replace("\r\n\r\n", "\r\nExpect: 100-continue\r\n\r\n");
    assertThat(served.raw(head)).startsWith("HTTP/1.1 413 ").contains("Connection: close");
    assertThat(served.raw(waiting)).startsWith("HTTP/1.1 413 ").doesNotContain("100 Continue");
    assertThat(HANDLED).hasValue(before);
  }

  @Test
  void invitesABodyWithinTheLimit() throws Exception {
    String head =
        """
        POST / HTTP/1.1\r
        Host: a\r
        Content-Length: 2\r
        Expect: 100-continue\r
        Connection: close\r
        \r
        """;
    try (SSLSocket socket = served.tls()) {
      OutputStream out = socket.getOutputStream();
      out.write(head.getBytes(ISO_8859_1));
      InputStream in = socket.getInputStream();
      assertThat(new String(in.readNBytes(25), ISO_8859_1))
          .isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
      out.write(new byte[2]);
      assertThat(Served.readAll(in)).startsWith("HTTP/1.1 200 ").endsWith("\r\n\r\n2");
    }
  }

  @ParameterizedTest
  @EnumSource
  void refusesHeadersOverTheLimit(HttpClient.Version version) throws Exception {
    assertThat(getWithHeader(version, MAX_HEADERS / 2).statusCode()).isEqualTo(200);
    var answer = getWithHeader(version, MAX_HEADERS);
    assertThat(answer.statusCode()).isEqualTo(431);
    assertThat(answer.headers().allValues("Cache-Control")).containsExactly("no-store");
  }

  @Test
  void refusesARequestLineOverTheLimit() throws Exception {
    String target = "/" + "a".repeat(MAX_HEADERS);
    assertThat(served.raw("GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n"))
        .startsWith("HTTP/1.1 414 ");
  }

  @Test
  void refusesABodyThatDripsForTooLong() throws Exception {
    String head = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 900\r\n\r\n";
    try (SSLSocket socket = served.tls()) {
      socket.getOutputStream().write(head.getBytes(ISO_8859_1));
      CountDownLatch end = new CountDownLatch(1);
      Thread drip = Thread.ofVirtual().start(() -> drip(socket, end));
      assertThat(Served.readAll(socket.getInputStream())).startsWith("HTTP/1.1 408 ");
      end.countDown();
      drip.join();
    }
  }

  @Test
  void refusesABodyThatStopsComing() throws Exception {
    assertThat(served.raw("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nhalf"))
        .startsWith("HTTP/1.1 408 ");
  }

  @Test
  void closesAConnectionThatIsSilent() throws Exception {
    assertThat(served.raw("GET / HTTP/1.1\r\nHost: a\r\n\r\n")).startsWith("HTTP/1.1 200 ");
    assertThat(served.raw("")).isEmpty();
  }

  @Test
  void refusesLimitsOutOfBounds() {
    HttpsServer.Builder builder = HttpsServer.builder();
    assertThat(builder.maxBody(16 * 1024 * 1024).maxHeaders(8 * 1024)).isSameAs(builder);
    assertThatIllegalArgumentException().isThrownBy(() -> builder.maxBody(16 * 1024 * 1024 + 1));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.maxBody(-1));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.maxHeaders(8 * 1024 - 1));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.maxHeaders(128 * 1024 + 1));
    assertThat(builder.maxConnections(1).maxConnections(1_000_000)).isSameAs(builder);
    assertThatIllegalArgumentException().isThrownBy(() -> builder.maxConnections(0));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.maxConnections(1_000_001));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.idleTimeout(Duration.ZERO));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.headTimeout(Duration.ZERO));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.bodyTimeout(Duration.ofMinutes(10).plusNanos(1)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.stopTimeout(Duration.ofSeconds(-1)));
  }

  /** A byte every 20 ms, far from silent, until told to end or until the server closes. */
  static void drip(Socket socket, CountDownLatch end) {
    try {
      while (!end.await(20, TimeUnit.MILLISECONDS)) {
        socket.getOutputStream().write('a');
      }
    } catch (IOException _) {
      // The server has closed, as it must.
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static java.net.http.HttpResponse<String> post(
      HttpClient.Version version, BodyPublisher body) throws Exception {
    return served.send(version, HttpRequest.newBuilder(served.uri("/")).POST(body));
  }

  private static java.net.http.HttpResponse<String> getWithHeader(
      HttpClient.Version version, int length) throws Exception {
    return served.send(
        version, HttpRequest.newBuilder(served.uri("/")).header("X-Long", "a".repeat(length)));
  }

  private static BodyPublisher sized(int length) {
    return BodyPublishers.ofByteArray(new byte[length]);
  }

  private static BodyPublisher chunked(int length) {
    return BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[length]));
  }
}
