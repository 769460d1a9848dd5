package dev.countersign.resource.servlet;

import static dev.countersign.resource.servlet.SignedBank.call;
import static dev.countersign.resource.servlet.SignedBank.get;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.countersign.requirement.Requirement;
import dev.countersign.resource.servlet.SignedBank.Call;
import dev.countersign.testkit.CapturedLog;
import jakarta.servlet.ServletException;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Parameters and text that are none are their sender's fault, and signed as such. */
class SenderFaultsTest {
  private static final String FORM = "application/x-www-form-urlencoded";

  private static Container container;

  @BeforeAll
  static void start() throws Exception {
    container =
        SignedBank.with(
            content -> {
              content.servlet(
                  "/parameter",
                  Pages.of(
                      (request, answer) -> {
                        answer.setContentType("text/plain;charset=utf-8");
                        answer.getWriter().print(request.getParameter("a"));
                      }));
              content.servlet(
                  "/wrapped",
                  Pages.of(
                      (request, answer) -> {
                        try {
                          request.getParameterMap();
                        } catch (RuntimeException e) {
                          throw new ServletException(e);
                        }
                      }));
              content.servlet("/reader", Pages.of((request, answer) -> request.getReader().read()));
            });
  }

  @AfterAll
  static void stop() {
    container.close();
  }

  private static Call form(String path, String content, String type) {
    return call("POST", path, content.getBytes(UTF_8)).with("Content-Type", type);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a=%zz", "a=%4", "a=%", "a=%FF", "a=1&%C3=2"})
  @Requirement("HS-5.3.2.1-1")
  void refusesWhatIsNoForm(String form) throws Exception {
    try (CapturedLog log = CapturedLog.of(SignedAnswer.class.getName(), Level.ERROR)) {
      for (Call bad :
          List.of(
              form("/parameter", form, FORM),
              form("/wrapped", form, FORM),
              form("/parameter", "a=1", "application/x-www-form-urlencoded;charset=bogus"),
              form("/parameter", "a=1", "application/x-www-form-urlencoded;charset=@"),
              form("/reader", "text", "text/plain;charset=bogus"))) {
        HttpResponse<byte[]> answer = bad.at(container);
        assertThat(answer.statusCode()).as(log.text()).isEqualTo(400);
        assertThat(bad.read(answer)).isPresent();
      }
      assertThat(log.text()).isEmpty();
    }
  }

  @Test
  @Requirement("HS-5.3.2.1-1")
  void refusesAQueryThatIsNoText() throws Exception {
    Call bad = get("/parameter?a=%FF");
    HttpResponse<byte[]> answer = bad.at(container);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(bad.read(answer)).isPresent();
    assertThat(get("/parameter?a=%C3%B6").at(container).body()).asString().isEqualTo("ö");
  }

  @Test
  void takesSoManyParametersAndNoMore() throws Exception {
    String many = "x&".repeat(998) + "a=last";
    assertThat(form("/parameter?b=c", many, FORM).at(container).body())
        .asString()
        .isEqualTo("last");
    Call tooMany = form("/parameter?b=c", "x&" + many, FORM);
    HttpResponse<byte[]> answer = tooMany.at(container);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(tooMany.read(answer)).isPresent();
  }
}
