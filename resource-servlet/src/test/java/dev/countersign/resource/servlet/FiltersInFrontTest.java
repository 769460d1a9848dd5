package dev.countersign.resource.servlet;

import static dev.countersign.resource.servlet.SignedBank.call;
import static dev.countersign.resource.servlet.SignedBank.get;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.requirement.Requirement;
import dev.countersign.resource.servlet.Servlets.Kind;
import dev.countersign.resource.servlet.SignedBank.Call;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is signed is what is sent, whatever a filter in front does with the answer. */
class FiltersInFrontTest {

  /** What a filter does with an answer. */
  @FunctionalInterface
  private interface Deed {
    void to(HttpServletResponse answer) throws IOException, ServletException;
  }

  private static Servlets container(Kind kind, Deed before, Deed after) throws Exception {
    return kind.with(
        content -> {
          content.filter(
              "/*",
              (request, answer, chain) -> {
                before.to((HttpServletResponse) answer);
                chain.doFilter(request, answer);
                after.to((HttpServletResponse) answer);
              },
              DispatcherType.REQUEST);
          content.filter(
              "/*",
              new ResourceFilter(SignedBank.guard(), Issued.ACCOUNTS),
              DispatcherType.REQUEST);
          content.servlet(
              "/text",
              Pages.of(
                  (request, answer) -> {
                    answer.setStatus(202);
                    answer.setContentType("text/plain;charset=utf-8");
                    answer.setHeader("ETag", "\"1\"");
                    answer.getWriter().print("text");
                  }));
        });
  }

  private static void isWhatWasSigned(Servlets container, Call call, String text) throws Exception {
    HttpResponse<byte[]> answer = call.at(container);
    assertThat(call.read(answer)).as(answer + " " + answer.headers()).isPresent();
    assertThat(call.read(answer).orElseThrow().identifiers())
        .contains("\"content-type\"", "\"etag\"");
    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(new String(answer.body(), UTF_8)).isEqualTo(text);
    assertThat(answer.headers().firstValue("Location")).isEmpty();
    assertThat(answer.headers().firstValue("Content-Length")).contains("4");
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  @Requirement({"HS-5.3.2.1-1", "HS-5.3.2.1-7"})
  void whatOneBeganIsDropped(Kind kind) throws Exception {
    for (Deed before :
        List.<Deed>of(
            answer -> answer.getOutputStream().print("before"),
            answer -> answer.getWriter().print("before"),
            HttpServletResponse::getWriter,
            answer -> answer.setContentLength(500))) {
      try (Servlets container = container(kind, before, answer -> {})) {
        isWhatWasSigned(container, get("/text"), "text");
        isWhatWasSigned(container, call("HEAD", "/text", new byte[0]), "");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  @Requirement({"HS-5.3.2.1-1", "HS-5.3.2.1-4"})
  void whatOneSaysAfterwardsIsTooLate(Kind kind) throws Exception {
    for (Deed after :
        List.<Deed>of(
            answer -> {
              answer.setStatus(500);
              answer.setHeader("Location", "/elsewhere");
              answer.setContentType("text/html");
            },
            answer -> {
              if (!answer.isCommitted()) {
                answer.sendError(500);
              }
            },
            answer -> {
              throw new ServletException("after the answer");
            })) {
      try (Servlets container = container(kind, answer -> {}, after)) {
        isWhatWasSigned(container, get("/text"), "text");
        isWhatWasSigned(container, call("HEAD", "/text", new byte[0]), "");
      }
    }
  }
}
