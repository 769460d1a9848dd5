package dev.countersign.demo.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.client.Tokens;
import dev.countersign.demo.scene.Cast;
import dev.countersign.demo.scene.Party;
import dev.countersign.demo.scene.Signing;
import dev.countersign.demo.story.Json;
import dev.countersign.protocol.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlowTest {
  private Show show;

  @BeforeEach
  void open() throws Exception {
    show = Show.open();
  }

  @AfterEach
  void close() {
    show.close();
  }

  @Test
  void keepsTheNewest500Messages() throws Exception {
    HttpClient http = show.scene().stage().http(Party.CLIENT);
    URI bank = show.scene().addresses().bank();
    for (int i = 1; i <= Flow.LONGEST + 3; i++) {
      http.send(
          HttpRequest.newBuilder(bank.resolve("/" + i)).GET().build(), BodyHandlers.discarding());
    }
    List<JsonObject> kept = show.messages();
    assertThat(kept).hasSize(Flow.LONGEST);
    assertThat(Json.show(kept.getFirst(), "heard")).isEqualTo("4");
    assertThat(Json.show(show.flow(0, 0), "oldest")).isEqualTo("4");
  }

  @ParameterizedTest
  @ValueSource(strings = {"//", "//evil.example/x", "//@:99999/"})
  void namesTheHostThatWasAskedWhateverThePathLooksLike(String path) throws Exception {
    HttpClient http = show.scene().stage().http(Party.CLIENT);
    URI asked = URI.create(show.scene().addresses().bank() + path);
    HttpRequest request = HttpRequest.newBuilder(asked).GET().build();
    assertThat(http.send(request, BodyHandlers.discarding()).statusCode()).isEqualTo(404);
    JsonObject heard = Json.object(show.messages().getLast(), "request").orElseThrow();
    assertThat(Json.show(heard, "url")).isEqualTo(asked.toString());
  }

  @Test
  void showsASignedRequestWhoseQueryNoUrlCanHave() throws Exception {
    try (Show signed = Show.open(Signing.EVERY_MESSAGE)) {
      String request =
          """
          GET /accounts?x=| HTTP/1.1
          Host: localhost
          Signature-Input: sig1=("@target-uri");created=1;tag="fapi-2-request"
          Signature: sig1=:AAAA:
          Connection: close

          """;
      assertThat(signed.raw(request.replace("\n", "\r\n"))).startsWith("HTTP/1.1 401");
      JsonObject heard = signed.messages().getLast();
      assertThat(Json.number(heard, "status")).contains(401L);
      JsonObject signature = Json.objects(heard, "signed").getFirst();
      assertThat(Json.show(signature, "what")).isEqualTo("HTTP request");
      assertThat(Json.isTrue(signature, "verified")).isFalse();
      assertThat(Json.show(Json.objects(signature, "covers").getFirst(), "value"))
          .isEqualTo("not there");
    }
  }

  @Test
  void beginsARunWhereTheAppPushesARequest() throws Exception {
    Tokens first = show.connect();
    show.readAccounts(first);
    show.connect();
    assertThat(show.messages().stream().map(message -> Json.show(message, "run")).distinct())
        .containsExactly("0", "1", "2");
    assertThat(Json.show(show.newest("accounts"), "run")).isEqualTo("1");
    assertThat(Json.show(show.newest("consent"), "run")).isEqualTo("2");
    // One that was sent back for a nonce and came again is one run.
    assertThat(Json.show(show.newest("push challenged"), "run")).isEqualTo("1");
  }

  @Test
  void forgetsAllWhenItIsCleared() throws Exception {
    show.connect();
    long edition = Show.edition(show.flow(0, 0));
    HttpRequest.Builder clear = show.own("/clear").POST(HttpRequest.BodyPublishers.noBody());
    assertThat(show.send(clear).statusCode()).isEqualTo(204);
    JsonObject news = show.flow(edition, 1000);
    assertThat(Show.edition(news)).isNotEqualTo(edition);
    assertThat(Json.objects(news, "messages")).isEmpty();
  }

  @Test
  void tellsAPageThatWaitsAsSoonAsSomethingIsHeard() throws Exception {
    show.connect();
    JsonObject all = show.flow(0, 0);
    int newest = show.heard().getLast().number();
    CompletableFuture<JsonObject> waiting =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return show.flow(Show.edition(all), newest);
              } catch (Exception e) {
                throw new AssertionError(e);
              }
            });
    show.client().clientCredentials(Cast.AT_THE_BANK, List.of());
    assertThat(Json.objects(waiting.get(), "messages"))
        .extracting(message -> Json.show(message, "kind"))
        .first()
        .isEqualTo("client credentials");
  }
}
