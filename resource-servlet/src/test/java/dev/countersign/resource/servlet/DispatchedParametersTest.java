package dev.countersign.resource.servlet;

import static dev.countersign.resource.servlet.SignedBank.call;
import static dev.countersign.resource.servlet.SignedBank.get;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.requirement.Requirement;
import dev.countersign.resource.servlet.Servlets.Kind;
import dev.countersign.resource.servlet.SignedBank.Call;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What one servlet adds to the query for another counts there, and first: a client that sends the
 * same parameter does not take its place.
 */
class DispatchedParametersTest {
  private static final Map<Kind, Servlets> CONTAINERS = new EnumMap<>(Kind.class);

  @BeforeAll
  static void start() throws Exception {
    for (Kind kind : Kind.values()) {
      CONTAINERS.put(kind, kind.with(SignedBank.guarding(DispatchedParametersTest::servlets)));
    }
  }

  @AfterAll
  static void stop() {
    CONTAINERS.values().forEach(Servlets::close);
  }

  private static void servlets(Servlets content) {
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

  private static String shown(Kind kind, Call call) throws Exception {
    HttpResponse<byte[]> answer = call.at(CONTAINERS.get(kind));
    assertThat(call.read(answer)).isPresent();
    return new String(answer.body(), UTF_8);
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
