package dev.countersign.resource.servlet;

import static dev.countersign.resource.servlet.SignedBank.call;
import static dev.countersign.resource.servlet.SignedBank.get;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.requirement.Requirement;
import dev.countersign.resource.servlet.Servlets.Kind;
import dev.countersign.resource.servlet.SignedBank.Call;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What one servlet adds to the query for another counts there, and first: a client that sends the
 * same parameter does not take its place.
 */
class DispatchedParametersTest extends EachContainerScene {
  @Override
  void servlets(Servlets content) {
    content.servlet(
        "/shown",
        Pages.of(
            (request, answer) ->
                answer.getWriter().print(Arrays.toString(request.getParameterValues("role")))));
    content.servlet(
        "/forward",
        Pages.of(
            (request, answer) -> {
              request.getParameter("look");
              request.getRequestDispatcher("/shown?role=ours").forward(request, answer);
            }));
    content.servlet(
        "/include",
        Pages.of(
            (request, answer) -> {
              request.getParameter("look");
              request.getRequestDispatcher("/shown?role=ours").include(request, answer);
              answer.getWriter().print(Arrays.toString(request.getParameterValues("role")));
            }));
    content.servlet(
        "/dispatch",
        Pages.of(
            (request, answer) -> {
              request.getParameter("look");
              request.startAsync().dispatch("/shown?role=ours");
            }));
  }

  private String shown(Kind kind, Call call) throws Exception {
    return text(answer(kind, call));
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  @Requirement({"HS-5.3.1.2-8", "ATT-66"})
  void behindAForward(Kind kind) throws Exception {
    assertThat(shown(kind, get("/forward"))).isEqualTo("[ours]");
    assertThat(shown(kind, get("/forward?role=client"))).isEqualTo("[ours, client]");
    Call form = call("POST", "/forward", "role=client".getBytes(UTF_8));
    assertThat(shown(kind, form.with("Content-Type", "application/x-www-form-urlencoded")))
        .isEqualTo("[ours, client]");
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  @Requirement({"HS-5.3.1.2-8", "ATT-66"})
  void inAnInclusionAndNoLongerBehindIt(Kind kind) throws Exception {
    assertThat(shown(kind, get("/include?role=client"))).isEqualTo("[ours, client][client]");
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  @Requirement({"HS-5.3.1.2-8", "ATT-66"})
  void behindADispatch(Kind kind) throws Exception {
    assertThat(shown(kind, get("/dispatch?role=client"))).isEqualTo("[ours, client]");
  }
}
