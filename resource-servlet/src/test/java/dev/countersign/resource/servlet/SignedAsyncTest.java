package dev.countersign.resource.servlet;

import static dev.countersign.resource.servlet.SignedBank.PAYMENT;
import static dev.countersign.resource.servlet.SignedBank.pay;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.requirement.Requirement;
import dev.countersign.resource.ClientSigningKeys;
import dev.countersign.resource.ResourceServer;
import dev.countersign.resource.servlet.SignedBank.Call;
import dev.countersign.testkit.CapturedLog;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servlets that answer on another thread, or later by another servlet. */
class SignedAsyncTest {
  private static Container container;

  @BeforeAll
  static void start() throws Exception {
    container = SignedBank.with(SignedAsyncTest::servlets);
  }

  @AfterAll
  static void stop() {
    container.close();
  }

  private static void servlets(Container content) {
    servlets(content, new Ended(new CountDownLatch(1)));
  }

  /** Listens behind all who listened before. */
  private record Ended(CountDownLatch latch) implements AsyncListener {
    @Override
    public void onComplete(AsyncEvent event) {
      latch.countDown();
    }

    @Override
    public void onTimeout(AsyncEvent event) {}

    @Override
    public void onError(AsyncEvent event) {}

    @Override
    public void onStartAsync(AsyncEvent event) {}
  }

  private static void servlets(Container content, AsyncListener ended) {
    content.servlet("/later", Pages.of((request, answer) -> later(request.startAsync())));
    content.servlet(
        "/same", Pages.of((request, answer) -> later(request.startAsync(request, answer))));
    content.servlet(
        "/found",
        Pages.of(
            (request, answer) -> {
              request.startAsync();
              later(request.getAsyncContext());
            }));
    content.servlet(
        "/elsewhere",
        Pages.of(
            (request, answer) -> {
              AsyncContext async = request.startAsync();
              async.addListener(ended);
              async.dispatch("/echo");
            }));
    content.servlet(
        "/echo",
        Pages.of(
            (request, answer) ->
                answer.getOutputStream().write(request.getInputStream().readAllBytes())));
    content.servlet("/ready", Pages.of((request, answer) -> ready(request, request.startAsync())));
    content.servlet(
        "/slow",
        Pages.of(
            (request, answer) -> {
              answer.getOutputStream().print("half an ans");
              // Jetty may never answer where the time is up before the servlet has returned.
              request.startAsync().setTimeout(200);
            }));
    content.servlet("/oops", Pages.of((request, answer) -> answer.getWriter().print("too late")));
    content.servlet(
        "/broken",
        Pages.of(
            (request, answer) -> {
              request.startAsync();
              throw new IllegalStateException("after it began");
            }));
  }

  private static void later(AsyncContext async) {
    async.start(
        () -> {
          try {
            async
                .getResponse()
                .getOutputStream()
                .write(async.getRequest().getInputStream().readAllBytes());
            async.complete();
          } catch (IOException e) {
            throw new AssertionError(e);
          }
        });
  }

  /** Reads and writes when the container says that it can. */
  private static void ready(HttpServletRequest request, AsyncContext async) throws IOException {
    ServletInputStream in = request.getInputStream();
    ServletOutputStream out = async.getResponse().getOutputStream();
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    in.setReadListener(
        new ReadListener() {
          @Override
          public void onDataAvailable() throws IOException {
            while (in.isReady() && !in.isFinished()) {
              all.write(in.read());
            }
          }

          @Override
          public void onAllDataRead() {
            out.setWriteListener(
                new WriteListener() {
                  @Override
                  public void onWritePossible() throws IOException {
                    if (out.isReady()) {
                      out.write(all.toByteArray());
                    }
                    async.complete();
                  }

                  @Override
                  public void onError(Throwable fault) {
                    throw new AssertionError(fault);
                  }
                });
          }

          @Override
          public void onError(Throwable fault) {
            throw new AssertionError(fault);
          }
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"/later", "/same", "/found", "/elsewhere", "/ready"})
  @Requirement({"HS-5.3.1.2-8", "HS-5.3.2.1-1"})
  void signsWhatIsAnsweredLater(String path) throws Exception {
    Call payment = pay(path);
    HttpResponse<byte[]> answer = payment.at(container);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(PAYMENT);
    assertThat(payment.read(answer)).isPresent();
  }

  @Test
  @Requirement("HS-5.3.2.1-1")
  void signsThatWorkBrokeAfterItBegan() throws Exception {
    Call payment = pay("/broken");
    HttpResponse<byte[]> answer = payment.at(container);
    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(payment.read(answer)).isPresent();
  }

  @Test
  @Requirement("HS-5.3.2.1-1")
  void signsAnErrorPageForWorkThatTookTooLong() throws Exception {
    try (Container paged =
        SignedBank.with(
            content -> {
              servlets(content);
              content.errorPage("/oops");
            })) {
      Call payment = pay("/slow");
      HttpResponse<byte[]> answer = payment.at(paged);
      assertThat(answer.statusCode()).isEqualTo(500);
      assertThat(answer.body()).asString().isEqualTo("too late");
      assertThat(payment.read(answer)).isPresent();
    }
  }

  @Test
  @Requirement("HS-5.3.2.1-1")
  void signsNothingOfWhatTheContainerSaysThen() throws Exception {
    Call payment = pay("/slow");
    HttpResponse<byte[]> answer = payment.at(container);
    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(payment.read(answer)).isEmpty();
  }

  @Test
  @Requirement("HS-5.3.2.1-1")
  void sendsNothingOfADispatchThatItIsNotMappedToAndSaysSo() throws Exception {
    JwkSet keys = JwkSet.of(List.of(SignedBank.SIGNER.publicJwk()));
    ResourceServer guard =
        Issued.guard()
            .httpSignatures(ClientSigningKeys.fixed(Map.of(new ClientId("app"), keys)))
            .signResponses(SignedBank.SERVER);
    Ended ended = new Ended(new CountDownLatch(1));
    try (Container alone =
            Container.with(
                content -> {
                  content.filter(
                      "/*", new ResourceFilter(guard, Issued.ACCOUNTS), DispatcherType.REQUEST);
                  servlets(content, ended);
                });
        CapturedLog log = CapturedLog.of(UnsentAnswers.class.getName(), Level.ERROR)) {
      Call payment = pay("/elsewhere");
      HttpResponse<byte[]> answer = payment.at(alone);
      assertThat(answer.body()).isEmpty();
      assertThat(payment.read(answer)).isEmpty();
      assertThat(ended.latch().await(10, TimeUnit.SECONDS)).isTrue();
      assertThat(log.text()).contains("DispatcherType.ASYNC");
    }
  }
}
