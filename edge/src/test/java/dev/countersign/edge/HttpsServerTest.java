package dev.countersign.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.security.Provider;
import java.security.Security;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HttpsServerTest {
  private static final Handler EMPTY = request -> HttpResponse.empty(204);

  @ParameterizedTest
  @EnumSource
  void speaksBothVersionsOfHttp(HttpClient.Version version) throws Exception {
    try (Served served = Served.by(EMPTY)) {
      var answer = served.send(version, HttpRequest.newBuilder(served.uri("/")));
      assertThat(answer.version()).isEqualTo(version);
      assertThat(answer.statusCode()).isEqualTo(204);
      assertThat(answer.headers().firstValue("Date")).isPresent();
      assertThat(answer.headers().firstValue("Server")).isEmpty();
    }
  }

  @Test
  void tellsTheTimeOfItsClockInEveryAnswer() throws Exception {
    InstantSource clock = InstantSource.fixed(Instant.parse("2031-06-03T08:49:07.9Z"));
    try (Served served = Served.by(EMPTY, builder -> builder.clock(clock))) {
      String told = "Tue, 03 Jun 2031 08:49:07 GMT";
      assertThat(served.get("/").headers().firstValue("Date")).contains(told);
      assertThat(served.raw("broken\r\n\r\n")).startsWith("HTTP/1.1 400 ").contains(told);
    }
  }

  @Test
  void tellsTheTimeOfTheMachineWithoutOne() throws Exception {
    try (Served served = Served.by(EMPTY)) {
      String told = served.get("/").headers().firstValue("Date").orElseThrow();
      Instant instant = ZonedDateTime.parse(told, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      assertThat(Duration.between(instant, Instant.now()))
          .isBetween(Duration.ZERO, Duration.ofSeconds(30));
    }
  }

  @Test
  void speaksHttp11ToAClientWithoutAlpn() throws Exception {
    try (Served served = Served.by(EMPTY)) {
      String answer = served.raw("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
      assertThat(answer).startsWith("HTTP/1.1 204 ").contains("\r\nDate: ");
      assertThat(answer.toLowerCase(java.util.Locale.ROOT)).doesNotContain("server:", "jetty");
    }
  }

  @Test
  void runsEachRequestOnAVirtualThread() throws Exception {
    CompletableFuture<Boolean> virtual = new CompletableFuture<>();
    Handler handler =
        request -> {
          virtual.complete(Thread.currentThread().isVirtual());
          return HttpResponse.empty(204);
        };
    try (Served served = Served.by(handler)) {
      served.get("/");
      assertThat(virtual.get(5, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void saysInOneSentenceWhichPortIsBusy() throws Exception {
    try (ServerSocket other = new ServerSocket(0)) {
      int port = other.getLocalPort();
      assertThatThrownBy(() -> Served.by(EMPTY, server -> server.bind("127.0.0.1", port)))
          .isInstanceOf(PortBusyException.class)
          .hasMessage(
              "Cannot listen on 127.0.0.1:" + port + ": the port is in use by another program.");
    }
  }

  @Test
  void saysWhichHostIsNotOfThisMachine() {
    assertThatThrownBy(() -> Served.by(EMPTY, server -> server.bind("192.0.2.1", 0)))
        .isInstanceOf(CannotListenException.class)
        .isNotInstanceOf(PortBusyException.class)
        .hasMessageStartingWith("Cannot listen on 192.0.2.1:0: ");
    assertThatThrownBy(() -> Served.by(EMPTY, server -> server.bind("no.such.host.invalid", 0)))
        .isInstanceOf(CannotListenException.class)
        .hasMessageStartingWith("Cannot listen on no.such.host.invalid:0: ");
  }

  @Test
  void takesThePortAgainAfterItWasClosed() throws Exception {
    Served first = Served.by(EMPTY);
    int port = first.port();
    first.get("/");
    first.close();
    try (Served second = Served.by(EMPTY, server -> server.bind("127.0.0.1", port))) {
      assertThat(second.get("/").statusCode()).isEqualTo(204);
    }
    first.close();
  }

  @Test
  void letsARequestUnderWayEndWhenItStops() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    Handler handler =
        request -> {
          begun.countDown();
          go.await();
          return HttpResponse.empty(204);
        };
    try (Served served = Served.by(handler)) {
      var answer = CompletableFuture.supplyAsync(() -> status(served));
      begun.await();
      var stopping = CompletableFuture.runAsync(served::stop);
      assertThat(stopping).isNotDone();
      go.countDown();
      assertThat(answer.get(5, TimeUnit.SECONDS)).isEqualTo(204);
      stopping.get(5, TimeUnit.SECONDS);
    }
  }

  @Test
  void stopsAfterTheStopTimeoutWhateverARequestDoes() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    Handler handler =
        request -> {
          begun.countDown();
          never.await();
          return HttpResponse.empty(204);
        };
    Served served = Served.by(handler, server -> server.stopTimeout(Duration.ofMillis(100)));
    var answer = CompletableFuture.supplyAsync(() -> status(served));
    begun.await();
    CompletableFuture.runAsync(served::stop).get(5, TimeUnit.SECONDS);
    assertThat(answer.get(5, TimeUnit.SECONDS)).isNotEqualTo(204);
    never.countDown();
  }

  @Test
  void doesNotStartWithoutIdentityOrHandler() {
    HttpsServer.Builder nobody = HttpsServer.builder().handler(EMPTY);
    assertThatIllegalStateException().isThrownBy(nobody::start).withMessageContaining("TLS");
    HttpsServer.Builder mute = HttpsServer.builder().tls(Certificates.EC.identity());
    assertThatIllegalStateException().isThrownBy(mute::start).withMessageContaining("handler");
  }

  @Test
  void refusesAPortOutOfBounds() {
    HttpsServer.Builder builder = HttpsServer.builder();
    assertThat(builder.bind("127.0.0.1", 65535)).isSameAs(builder);
    assertThatIllegalArgumentException().isThrownBy(() -> builder.bind("127.0.0.1", 65536));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.bind("127.0.0.1", -1));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.bind(" ", 1));
  }

  @Test
  void takesAProviderThatImplementsTlsAndRefusesOneThatDoesNot() throws Exception {
    Provider tls = Security.getProvider("SunJSSE");
    try (Served served = Served.by(EMPTY, server -> server.tlsProvider(tls))) {
      assertThat(served.get("/").statusCode()).isEqualTo(204);
    }
    Provider algorithms = Security.getProvider("SunEC");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HttpsServer.builder().tlsProvider(algorithms))
        .withMessageContaining("SunEC");
  }

  private static int status(Served served) {
    try {
      return served.get("/").statusCode();
    } catch (java.io.IOException _) {
      return 0;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
