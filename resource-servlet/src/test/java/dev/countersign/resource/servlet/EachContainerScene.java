package dev.countersign.resource.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.resource.servlet.Servlets.Kind;
import dev.countersign.resource.servlet.SignedBank.Call;
import java.net.http.HttpResponse;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** The bank in each container, started once with the servlets of a test behind the filter. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class EachContainerScene {
  private final Map<Kind, Servlets> containers = new EnumMap<>(Kind.class);

  /** Puts in those of the test. */
  abstract void servlets(Servlets content);

  @BeforeAll
  void start() throws Exception {
    for (Kind kind : Kind.values()) {
      containers.put(kind, kind.with(SignedBank.guarding(this::servlets)));
    }
  }

  @AfterAll
  void stop() {
    containers.values().forEach(Servlets::close);
  }

  final Servlets container(Kind kind) {
    return Optional.ofNullable(containers.get(kind)).orElseThrow();
  }

  /** The answer, which is signed. */
  final HttpResponse<byte[]> answer(Kind kind, Call call) throws Exception {
    HttpResponse<byte[]> answer = call.at(container(kind));
    assertThat(call.read(answer)).as(kind + ": " + answer).isPresent();
    return answer;
  }

  static String text(HttpResponse<byte[]> answer) {
    return new String(answer.body(), UTF_8);
  }
}
