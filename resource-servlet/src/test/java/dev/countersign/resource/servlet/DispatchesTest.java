package dev.countersign.resource.servlet;

import static dev.countersign.resource.servlet.Container.send;
import static dev.countersign.resource.servlet.Issued.ACCOUNTS;
import static dev.countersign.resource.servlet.Issued.PAYMENTS;
import static dev.countersign.resource.servlet.Issued.authorized;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.countersign.requirement.Requirement;
import dev.countersign.resource.ResourceServer;
import dev.countersign.testkit.CapturedLog;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletResponse;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DispatchesTest {
  private static final String ID = "c770aef3-6784-41f7-8e0e-ff5f97bddb3a";

  private final ResourceServer guard = Issued.guard();
  // The container tells of failures that these tests make on purpose.
  private final CapturedLog silent = CapturedLog.aside("org.eclipse.jetty", Level.WARN);
  private Container container;

  @BeforeEach
  void start() throws Exception {
    container =
        Container.with(
            content -> {
              content.filter(
                  "/api/*", new ResourceFilter(guard, ACCOUNTS), DispatcherType.values());
              content.servlet("/api/accounts", Pages.accounts());
              content.servlet("/open/accounts", Pages.accounts());
              for (String place : new String[] {"/api", "/open"}) {
                content.servlet(
                    place + "/later",
                    Pages.of((request, answer) -> request.startAsync().dispatch("/api/accounts")));
                content.servlet(
                    place + "/forward",
                    Pages.of(
                        (request, answer) ->
                            request
                                .getRequestDispatcher("/api/accounts")
                                .forward(request, answer)));
                content.servlet(
                    place + "/include",
                    Pages.of(
                        (request, answer) ->
                            request
                                .getRequestDispatcher("/api/accounts")
                                .include(request, answer)));
              }
              content.servlet(
                  "/api/broken",
                  Pages.of(
                      (request, answer) -> {
                        throw new IllegalStateException("on purpose");
                      }));
              content.servlet(
                  "/api/gone",
                  Pages.of((request, answer) -> answer.sendError(HttpServletResponse.SC_GONE)));
              content.servlet(
                  "/api/error",
                  Pages.of((request, answer) -> answer.getWriter().print("an error page")));
              content.errorPage("/api/error");
            });
  }

  @AfterEach
  void stop() {
    container.close();
    silent.close();
  }

  @Test
  @Requirement({"DP-15", "SP-5.3.4-5"})
  void judgesARequestOnceHoweverItIsDispatched() throws Exception {
    for (String path : new String[] {"/api/later", "/api/forward", "/api/include"}) {
      HttpResponse<String> answer = send(authorized(container.request(path), "GET", path));
      assertThat(answer.statusCode()).as(path).isEqualTo(200);
      assertThat(answer.body()).as(path).startsWith("anna app ");
    }
  }

  @Test
  @Requirement({"SP-5.3.4-5", "SP-5.3.4-4"})
  void judgesARequestThatCameInWhereNobodyLooked() throws Exception {
    for (String path : new String[] {"/open/later", "/open/forward"}) {
      HttpResponse<String> none = send(container.request(path));
      assertThat(none.statusCode()).as(path).isEqualTo(401);
      assertThat(none.headers().firstValue("WWW-Authenticate")).as(path).isPresent();
      HttpResponse<String> good = send(authorized(container.request(path), "GET", path));
      assertThat(good.body()).as(path).startsWith("anna app ");
    }
    // What an include answers is part of another answer, whose status is not its own.
    assertThat(send(container.request("/open/include")).body()).isEmpty();
  }

  @Test
  @Requirement({"SP-5.3.4-5"})
  void givesNobodyAccessWhomItDidNotAdmit() throws Exception {
    HttpResponse<String> answer =
        send(authorized(container.request("/open/accounts"), "GET", "/open/accounts"));
    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body()).isEqualTo("an error page");
  }

  @Test
  @Requirement({"IA-2.2.1-2"})
  void answersUnderTheInteractionIdWhenTheResourceFails() throws Exception {
    HttpResponse<String> broken = failing("/api/broken");
    assertThat(broken.statusCode()).isEqualTo(500);
    HttpResponse<String> gone = failing("/api/gone");
    assertThat(gone.statusCode()).isEqualTo(410);
    HttpResponse<String> missing = failing("/api/missing");
    assertThat(missing.statusCode()).isEqualTo(404);
  }

  private HttpResponse<String> failing(String path) throws Exception {
    HttpResponse<String> answer =
        send(authorized(container.request(path), "GET", path).header("x-fapi-interaction-id", ID));
    assertThat(answer.body()).isEqualTo("an error page");
    assertThat(answer.headers().allValues("x-fapi-interaction-id")).containsExactly(ID);
    return answer;
  }

  @Test
  @Requirement({"IA-2.2.1-2", "OA-9"})
  void makesNoErrorPageOfARefusal() throws Exception {
    HttpResponse<String> answer = send(container.request("/api/accounts"));
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.body()).isEmpty();
  }

  @Test
  @Requirement({"SP-5.3.4-4", "DP-15"})
  void wantsWhatEveryFilterOnTheWayWants() throws Exception {
    ResourceServer other = Issued.guard();
    try (Container two =
        Container.with(
            content -> {
              content.filter("/*", new ResourceFilter(guard, ACCOUNTS), DispatcherType.REQUEST);
              content.filter(
                  "/payments", new ResourceFilter(other, PAYMENTS), DispatcherType.REQUEST);
              content.filter("/again", new ResourceFilter(guard, ACCOUNTS), DispatcherType.REQUEST);
              content.filter("/both", new ResourceFilter(other, ACCOUNTS), DispatcherType.values());
              content.servlet("/payments", Pages.accounts());
              content.servlet("/again", Pages.accounts());
              content.servlet("/both", Pages.accounts());
            })) {
      assertThat(status(two, "/payments")).isEqualTo(403);
      assertThat(status(two, "/both")).isEqualTo(200);
      // The second filter has the same memory, for which the proof is used.
      assertThat(status(two, "/again")).isEqualTo(401);
    }
  }

  private static int status(Container at, String path) throws Exception {
    return send(authorized(at.request(path), "GET", path)).statusCode();
  }
}
