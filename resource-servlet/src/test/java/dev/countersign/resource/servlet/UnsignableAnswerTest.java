package dev.countersign.resource.servlet;

import static dev.countersign.resource.servlet.SignedBank.PAYMENT;
import static dev.countersign.resource.servlet.SignedBank.call;
import static dev.countersign.resource.servlet.SignedBank.get;
import static dev.countersign.resource.servlet.SignedBank.pay;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.countersign.requirement.Requirement;
import dev.countersign.resource.servlet.Servlets.Kind;
import dev.countersign.resource.servlet.SignedBank.Call;
import dev.countersign.testkit.CapturedLog;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.ServletResponseWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Once a servlet has acted, its client gets a signed answer, or the log says why not. */
class UnsignableAnswerTest extends EachContainerScene {
  @Override
  void servlets(Servlets content) {
    content.servlet(
        "/created",
        Pages.of(
            (request, answer) -> {
              answer.setStatus(201);
              answer.setHeader("Location", "/things/" + request.getParameter("name"));
              answer.getWriter().print("made");
            }));
    content.servlet(
        "/type",
        Pages.of(
            (request, answer) -> {
              answer.setStatus(201);
              answer.setHeader("X-Kept", "kept");
              answer.setContentType("text/plain; name=\"zo\u00eb\"");
              answer.getOutputStream().print("made");
            }));
    content.servlet(
        "/own-fields",
        Pages.of(
            (request, answer) -> {
              answer.setHeader("Content-Digest", "sha-256=:AAAA:");
              answer.addHeader("signature", "sig1=:AAAA:");
              answer.setHeader("Signature-Input", "sig1=()");
              answer.setIntHeader("Content-Length", 3);
              answer.setTrailerFields(() -> Map.of("x-trailer", "late"));
              answer.getOutputStream().print("made");
            }));
    content.servlet("/no-status", Pages.of((request, answer) -> answer.setStatus(1000)));
    content.servlet(
        "/error",
        Pages.of(
            (request, answer) -> {
              throw new AssertionError("not even an exception");
            }));
    later(content);
  }

  private static void later(Servlets content) {
    content.servlet(
        "/later",
        Pages.of(
            (request, answer) -> {
              AsyncContext async = request.startAsync();
              async.setTimeout(0);
              async.start(
                  () -> {
                    answer.setHeader("Location", "/zo\u00eb");
                    answer.setContentType("text/zo\u00eb");
                    async.complete();
                  });
            }));
    content.servlet(
        "/timeout",
        Pages.of(
            (request, answer) -> {
              AsyncContext async = request.startAsync();
              async.setTimeout(200);
              async.addListener(answering(answer));
            }));
    content.servlet("/slow", Pages.endless());
    content.servlet("/oops", Pages.of((request, answer) -> answer.getWriter().print("too late")));
    content.errorPage("/oops");
    past(content);
  }

  /** What servlets do that look for the container's own request and answer. */
  private static void past(Servlets content) {
    content.servlet(
        "/dispatch-past",
        Pages.of(
            (request, answer) -> {
              ServletRequest own = request;
              while (own instanceof ServletRequestWrapper wrapper) {
                own = wrapper.getRequest();
              }
              own.startAsync().dispatch("/echo");
            }));
    content.servlet("/echo", Pages.echo());
    content.servlet(
        "/behind-the-filter",
        Pages.of(
            (request, answer) -> {
              ServletResponse own = answer;
              while (own instanceof ServletResponseWrapper wrapper) {
                own = wrapper.getResponse();
              }
              own.getOutputStream().print("unsigned");
              own.flushBuffer();
            }));
  }

  private static AsyncListener answering(HttpServletResponse answer) {
    return new AsyncListener() {
      @Override
      public void onTimeout(AsyncEvent event) throws IOException {
        answer.setStatus(503);
        answer.getWriter().print("come again");
        event.getAsyncContext().complete();
      }

      @Override
      public void onComplete(AsyncEvent event) {}

      @Override
      public void onError(AsyncEvent event) {}

      @Override
      public void onStartAsync(AsyncEvent event) {}
    };
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  @Requirement({"HS-5.3.2.1-1", "HS-5.3.2.1-N"})
  void aPlaceOfWhateverTheClientNamedIsSigned(Kind kind) throws Exception {
    Call created = get("/created?name=zo%C3%AB");
    HttpResponse<byte[]> answer = answer(kind, created);
    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(answer.headers().firstValue("Location")).contains("/things/zo%C3%AB");
    assertThat(text(answer)).isEqualTo("made");
    assertThat(created.read(answer).orElseThrow().identifiers()).contains("\"location\"");
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  @Requirement("HS-5.3.2.1-1")
  void aFieldThatCannotBeSignedIsLeftOut(Kind kind) throws Exception {
    try (CapturedLog log = CapturedLog.of(SignedAnswer.class.getName(), Level.ERROR)) {
      HttpResponse<byte[]> answer = answer(kind, get("/type"));
      assertThat(answer.statusCode()).isEqualTo(201);
      assertThat(text(answer)).isEqualTo("made");
      assertThat(answer.headers().firstValue("X-Kept")).contains("kept");
      assertThat(answer.headers().firstValue("Content-Type")).isEmpty();
      assertThat(answer.headers().allValues("x-fapi-interaction-id")).hasSize(1);
      assertThat(log.text()).contains("a field is left out").doesNotContain("zo\u00eb");
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  @Requirement({"HS-5.3.2.1-1", "HS-5.3.2.1-7"})
  void whatIsSaidOfTheContentIsTheFilters(Kind kind) throws Exception {
    HttpResponse<byte[]> answer = answer(kind, get("/own-fields"));
    assertThat(text(answer)).isEqualTo("made");
    assertThat(answer.headers().allValues("Signature")).hasSize(1);
    HttpResponse<byte[]> head = answer(kind, call("HEAD", "/own-fields", new byte[0]));
    assertThat(head.headers().firstValue("Content-Digest")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  @Requirement("HS-5.3.2.1-1")
  void whatCannotBeSignedAtAllIsASignedFault(Kind kind) throws Exception {
    try (CapturedLog log = CapturedLog.of(SignedAnswer.class.getName(), Level.ERROR)) {
      assertThat(answer(kind, get("/no-status")).statusCode()).isEqualTo(500);
      assertThat(answer(kind, get("/error")).statusCode()).isEqualTo(500);
      assertThat(log.text()).contains("a servlet failed");
      // Jetty takes no such status.
      assertThat(log.text().contains("cannot be signed as it is")).isEqualTo(kind != Kind.JETTY);
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  @Requirement("HS-5.3.2.1-1")
  void laterToo(Kind kind) throws Exception {
    HttpResponse<byte[]> odd = answer(kind, get("/later"));
    assertThat(odd.statusCode()).isEqualTo(200);
    assertThat(odd.headers().firstValue("Location")).contains("/zo%C3%AB");
    HttpResponse<byte[]> late = answer(kind, get("/timeout"));
    assertThat(late.statusCode()).isEqualTo(503);
    assertThat(text(late)).isEqualTo("come again");
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  @Requirement("HS-5.3.2.1-1")
  void aPageForWorkThatTookTooLongIsSigned(Kind kind) throws Exception {
    HttpResponse<byte[]> answer = answer(kind, get("/slow"));
    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(text(answer)).isEqualTo("too late");
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  @Requirement({"HS-5.3.1.2-8", "HS-5.3.2.1-1"})
  void aDispatchPastTheFilterIsSignedAfterAll(Kind kind) throws Exception {
    HttpResponse<byte[]> answer = answer(kind, pay("/dispatch-past"));
    assertThat(answer.body()).isEqualTo(PAYMENT);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  @Requirement("HS-5.3.2.1-1")
  void whatWasSentBehindTheFilterIsInTheLog(Kind kind) throws Exception {
    try (CapturedLog log = CapturedLog.of(SignedAnswer.class.getName(), Level.ERROR)) {
      Call call = get("/behind-the-filter");
      assertThat(call.read(call.at(container(kind)))).isEmpty();
      assertThat(log.text()).contains("sent before it was signed");
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  @Requirement({"HS-5.3.1.2-8", "HS-5.3.2.1-1"})
  void ofTwoFiltersOneSigns(Kind kind) throws Exception {
    try (Servlets container =
        kind.with(
            content -> {
              content.listener(SignedBank.bank());
              content.filter(
                  "/pay",
                  new ResourceFilter(SignedBank.guard(), Issued.ACCOUNTS),
                  DispatcherType.REQUEST);
              content.servlet(
                  "/pay", Pages.of((request, answer) -> Pages.echoLater(request.startAsync())));
            })) {
      Call payment = pay("/pay");
      HttpResponse<byte[]> answer = payment.at(container);
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).isEqualTo(PAYMENT);
      assertThat(answer.headers().allValues("Signature")).hasSize(1);
      assertThat(payment.read(answer)).isPresent();
    }
  }
}
