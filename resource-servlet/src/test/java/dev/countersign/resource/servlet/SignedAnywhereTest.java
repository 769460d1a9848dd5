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
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The same messages in each container, whatever the servlets do with the answer. */
class SignedAnywhereTest extends EachContainerScene {
  @Override
  void servlets(Servlets content) {
    content.servlet(
        "/echo",
        Pages.of(
            (request, answer) -> {
              answer.setContentType("application/json");
              answer.getOutputStream().write(request.getInputStream().readAllBytes());
            }));
    content.servlet(
        "/text",
        Pages.of(
            (request, answer) -> {
              answer.setContentType("text/plain;charset=utf-8");
              answer.getWriter().print("Zoë " + request.getParameter("a"));
            }));
    content.servlet(
        "/status",
        Pages.of(
            (request, answer) -> {
              answer.setContentType("text/plain");
              answer.setStatus(Integer.parseInt(request.getParameter("is")));
            }));
    byOthers(content);
    later(content);
    endings(content);
  }

  private static void byOthers(Servlets content) {
    content.servlet(
        "/forward",
        Pages.of(
            (request, answer) -> request.getRequestDispatcher("/text").forward(request, answer)));
    content.servlet(
        "/forward-by-context",
        Pages.of(
            (request, answer) ->
                request
                    .getServletContext()
                    .getRequestDispatcher("/text")
                    .forward(request, answer)));
    content.servlet(
        "/forward-after-output",
        Pages.of(
            (request, answer) -> {
              ServletOutputStream out = answer.getOutputStream();
              out.print("dropped");
              request.getRequestDispatcher("/text?a=more").forward(request, answer);
              out.print("too late");
            }));
    content.servlet(
        "/include",
        Pages.of(
            (request, answer) -> {
              answer.setContentType("text/plain;charset=utf-8");
              answer.getWriter().print("with ");
              request.getRequestDispatcher("/text").include(request, answer);
            }));
  }

  private static void later(Servlets content) {
    content.servlet(
        "/include-an-error",
        Pages.of(
            (request, answer) -> {
              answer.getWriter().print("before, ");
              request.getRequestDispatcher("/included-ends").include(request, answer);
              answer.getWriter().print("after");
            }));
    content.servlet(
        "/elsewhere", Pages.of((request, answer) -> request.startAsync().dispatch("/text")));
    content.servlet(
        "/forward-later",
        Pages.of(
            (request, answer) -> request.getRequestDispatcher("/later").forward(request, answer)));
    content.servlet(
        "/later",
        Pages.of(
            (request, answer) -> {
              AsyncContext async = request.startAsync();
              async.start(
                  () -> {
                    try {
                      async.getResponse().setContentType("text/plain;charset=utf-8");
                      async.getResponse().getWriter().print("Zoë null");
                    } catch (IOException e) {
                      throw new AssertionError(e);
                    }
                    async.complete();
                  });
            }));
  }

  private static void endings(Servlets content) {
    content.servlet(
        "/error-then-status",
        Pages.of(
            (request, answer) -> {
              answer.sendError(403);
              assertThat(answer.isCommitted()).isTrue();
              answer.setStatus(200);
              answer.setHeader("X-Late", "late");
              answer.addIntHeader("X-Late", 1);
              answer.getOutputStream().print("more");
            }));
    content.servlet(
        "/redirect-then-status",
        Pages.of(
            (request, answer) -> {
              answer.sendRedirect("/bank/zo\u00eb");
              answer.setStatus(200);
              answer.getWriter().print("more");
            }));
    content.servlet(
        "/redirect-otherwise",
        Pages.of(
            (request, answer) -> {
              answer.getWriter().print("gone");
              // As a servlet of Jakarta Servlet 6.1 calls it.
              SignedAnswer.of(answer).orElseThrow().sendRedirect("/bank/text", 303, true);
            }));
    content.servlet(
        "/included-ends",
        Pages.of(
            (request, answer) -> {
              answer.sendError(403);
              answer.sendRedirect("/bank/text");
              answer.reset();
            }));
    content.servlet(
        "/error-then-exception",
        Pages.of(
            (request, answer) -> {
              answer.sendError(404);
              throw new IllegalStateException("after the end");
            }));
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  @Requirement({"HS-5.3.1.2-8", "HS-5.3.2.1-1", "HS-5.3.2.1-N"})
  void theTypeOfAnAnswerIsSigned(Kind kind) throws Exception {
    Call payment = pay("/echo");
    HttpResponse<byte[]> answer = answer(kind, payment);
    assertThat(answer.body()).isEqualTo(PAYMENT);
    assertThat(payment.read(answer).orElseThrow().identifiers()).contains("\"content-type\"");
    Call head = call("HEAD", "/echo", new byte[0]);
    assertThat(head.read(answer(kind, head)).orElseThrow().identifiers())
        .contains("\"content-type\"");
  }

  /** As Tomcat 10.1.40 does until the answer goes out; later ones tell. */
  private static HttpServletResponse keepingTheType(ServletResponse answer) {
    return new HttpServletResponseWrapper((HttpServletResponse) answer) {
      @Override
      public Collection<String> getHeaderNames() {
        return super.getHeaderNames().stream()
            .filter(name -> !name.equalsIgnoreCase("Content-Type"))
            .toList();
      }
    };
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  @Requirement({"HS-5.3.2.1-1", "HS-5.3.2.1-N"})
  void soItIsWhereTheContainerKeepsIt(Kind kind) throws Exception {
    try (Servlets container =
        kind.with(
            content -> {
              content.filter(
                  "/*",
                  (request, answer, chain) -> chain.doFilter(request, keepingTheType(answer)),
                  DispatcherType.REQUEST);
              content.filter(
                  "/*",
                  new ResourceFilter(SignedBank.guard(), Issued.ACCOUNTS),
                  DispatcherType.REQUEST);
              servlets(content);
            })) {
      Call payment = pay("/echo");
      HttpResponse<byte[]> answer = payment.at(container);
      assertThat(payment.read(answer).orElseThrow().identifiers()).contains("\"content-type\"");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "JETTY,204",
    "JETTY,205",
    "JETTY,304",
    "TOMCAT,204",
    "TOMCAT,205",
    "TOMCAT,304",
  })
  @Requirement("HS-5.3.2.1-1")
  void whatHasNoContentHasNoType(Kind kind, int status) throws Exception {
    HttpResponse<byte[]> answer = answer(kind, get("/status?is=" + status));
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  @Requirement("HS-5.3.2.1-1")
  void whatOtherServletsAnswerIsSigned(Kind kind) throws Exception {
    assertThat(text(answer(kind, get("/forward")))).isEqualTo("Zoë null");
    assertThat(text(answer(kind, get("/forward?a=b")))).isEqualTo("Zoë b");
    assertThat(text(answer(kind, get("/forward-after-output?a=b")))).isEqualTo("Zoë more");
    assertThat(text(answer(kind, get("/include?a=b")))).isEqualTo("with Zoë b");
    assertThat(text(answer(kind, get("/elsewhere?a=b")))).isEqualTo("Zoë b");
    assertThat(text(answer(kind, get("/forward-later")))).isEqualTo("Zoë null");
  }

  /** Jakarta Servlet section 9.3: of the answer, only its content is theirs. */
  @ParameterizedTest
  @EnumSource(Kind.class)
  @Requirement("HS-5.3.2.1-1")
  void includedServletsEndNoAnswer(Kind kind) throws Exception {
    HttpResponse<byte[]> answer = answer(kind, get("/include-an-error"));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(text(answer)).isEqualTo("before, after");
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  @Requirement("HS-5.3.2.1-1")
  void aForwardByTheContextIsSignedOrInTheLog(Kind kind) throws Exception {
    try (CapturedLog log = CapturedLog.of(SignedAnswer.class.getName(), Level.ERROR)) {
      Call call = get("/forward-by-context");
      boolean signed = call.read(call.at(container(kind))).isPresent();
      assertThat(signed).isEqualTo(kind != Kind.TOMCAT_THAT_SUSPENDS);
      assertThat(log.text().contains("suspendWrappedResponseAfterForward")).isEqualTo(!signed);
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  @Requirement("HS-5.3.2.1-1")
  void anErrorIsTheEnd(Kind kind) throws Exception {
    HttpResponse<byte[]> answer = answer(kind, get("/error-then-status"));
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).isEmpty();
    assertThat(answer.headers().firstValue("X-Late")).isEmpty();
    assertThat(answer(kind, get("/error-then-exception")).statusCode()).isEqualTo(500);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  @Requirement({"HS-5.3.2.1-1", "HS-5.3.2.1-N"})
  void aRedirectIsTheEndAndItsPlaceIsAnUri(Kind kind) throws Exception {
    Call redirect = get("/redirect-then-status");
    HttpResponse<byte[]> answer = answer(kind, redirect);
    assertThat(answer.statusCode()).isEqualTo(302);
    assertThat(answer.body()).isEmpty();
    assertThat(answer.headers().firstValue("Location")).contains("/bank/zo%C3%AB");
    assertThat(redirect.read(answer).orElseThrow().identifiers()).contains("\"location\"");
    HttpResponse<byte[]> other = answer(kind, get("/redirect-otherwise"));
    assertThat(other.statusCode()).isEqualTo(303);
    assertThat(other.body()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  @Requirement({"HS-5.3.1.2-2", "HS-5.3.2.1-1"})
  void aFilterBehindAForwardSeesBothQueries(Kind kind) throws Exception {
    try (Servlets container = kind.with(SignedAnywhereTest::guardedBehindAForward)) {
      Call call = get("/front?a=client&c=more");
      HttpResponse<byte[]> answer = call.at(container);
      assertThat(text(answer)).isEqualTo("[ours, client][more]");
      assertThat(call.read(answer)).isPresent();
    }
  }

  private static void guardedBehindAForward(Servlets content) {
    content.filter(
        "/guarded",
        new ResourceFilter(SignedBank.guard(), Issued.ACCOUNTS),
        DispatcherType.FORWARD);
    content.servlet(
        "/front",
        Pages.of(
            (request, answer) ->
                request.getRequestDispatcher("/guarded?a=ours").forward(request, answer)));
    content.servlet(
        "/guarded",
        Pages.of(
            (request, answer) -> {
              answer.getWriter().print(List.of(request.getParameterValues("a")));
              answer.getWriter().print(List.of(request.getParameterValues("c")));
            }));
  }
}
