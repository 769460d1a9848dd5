package dev.countersign.demo.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.demo.story.Json;
import dev.countersign.protocol.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What another site's page could make a browser send. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RequestGuardTest {
  private Show show;
  private String wish;

  @BeforeAll
  void makeARun() throws Exception {
    show = Show.open();
    show.readAccounts(show.connect());
    wish =
        JsonObject.builder()
            .put("number", Json.number(show.newest("accounts"), "number"))
            .put("how", Break.DROP_PROOF.id())
            .build()
            .toJson();
  }

  @AfterAll
  void close() {
    show.close();
  }

  /** A change of the one request that is taken. */
  record Foreign(String what, UnaryOperator<HttpRequest.Builder> change) {
    @Override
    public String toString() {
      return what;
    }
  }

  static Stream<Foreign> foreign() {
    return Stream.of(
        new Foreign("from another origin", r -> r.setHeader("Origin", "https://evil.example")),
        new Foreign("from another port", r -> r.setHeader("Origin", "https://localhost:1")),
        new Foreign("from an opaque origin", r -> r.setHeader("Origin", "null")),
        new Foreign("from nowhere", r -> without(r, "Origin")),
        new Foreign("from a sibling", r -> r.setHeader("Sec-Fetch-Site", "same-site")),
        new Foreign("across sites", r -> r.setHeader("Sec-Fetch-Site", "cross-site")),
        new Foreign("without the token", r -> without(r, RequestGuard.FIELD)),
        new Foreign("with another token", r -> r.setHeader(RequestGuard.FIELD, "0".repeat(64))));
  }

  @ParameterizedTest
  @MethodSource("foreign")
  void refusesWhatIsNotOfItsOwnPage(Foreign foreign) throws Exception {
    int before = show.heard().size();
    for (String path : new String[] {"/break", "/clear"}) {
      HttpRequest.Builder request = show.own(path).POST(BodyPublishers.ofString(wish));
      assertThat(show.send(foreign.change().apply(request)).statusCode()).isEqualTo(403);
    }
    assertThat(show.heard()).hasSize(before);
    assertThat(show.messages()).hasSize(before);
  }

  @Test
  void takesItFromItsOwnPage() throws Exception {
    int before = show.heard().size();
    HttpRequest.Builder own = show.own("/break").POST(BodyPublishers.ofString(wish));
    assertThat(show.send(own).statusCode()).isEqualTo(200);
    assertThat(show.heard()).hasSize(before + 1);
  }

  private static HttpRequest.Builder without(HttpRequest.Builder request, String field) {
    return HttpRequest.newBuilder(request.build(), (name, _) -> !name.equalsIgnoreCase(field));
  }
}
