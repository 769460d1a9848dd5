package dev.countersign.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.cli.driver.Driver;
import dev.countersign.cli.driver.Outcome;
import dev.countersign.cli.driver.Run;
import dev.countersign.cli.driver.UserAgent;
import dev.countersign.client.AuthorizationUrl;
import dev.countersign.demo.ca.LocalCa;
import dev.countersign.demo.scene.Cast;
import dev.countersign.demo.scene.Person;
import dev.countersign.demo.scene.Scene;
import dev.countersign.demo.scene.Stage;
import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.oauth.RedirectUri;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.protocol.rar.AuthorizationDetails;
import dev.countersign.remote.StrictTls;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;

/** The driver against our own authorization server and API, with a person who says yes. */
class DriverTest {
  private static final Person ANNA = Cast.anna("a password that nobody guesses");

  private static Stage stage() {
    InstantSource clock = InstantSource.system();
    LocalCa ca = LocalCa.create(clock.instant(), new SecureRandom());
    return new Stage(new Stage.Settings(Jose.jdk(), clock, ca));
  }

  /** Fills in what the pages ask. */
  private record Yes(HttpClient http) implements UserAgent {
    static Yes of(Stage stage) {
      return new Yes(
          HttpClient.newBuilder()
              .sslContext(stage.trust())
              .sslParameters(StrictTls.parameters())
              .cookieHandler(new CookieManager())
              .build());
    }

    @Override
    public String visit(AuthorizationUrl url, RedirectUri redirectUri) {
      HttpRequest next = HttpRequest.newBuilder(url.value()).build();
      try {
        while (!next.uri().toString().startsWith(redirectUri.value())) {
          HttpResponse<String> answer = http.send(next, BodyHandlers.ofString());
          next =
              answer
                  .headers()
                  .firstValue("Location")
                  .map(to -> HttpRequest.newBuilder(answer.uri().resolve(to)).build())
                  .orElseGet(() -> filledIn(answer));
        }
        return next.uri().getRawQuery();
      } catch (IOException | InterruptedException e) {
        throw new AssertionError(e);
      }
    }

    private static HttpRequest filledIn(HttpResponse<String> page) {
      Element form =
          Optional.ofNullable(Jsoup.parse(page.body(), page.uri().toString()).selectFirst("form"))
              .orElseThrow(() -> new AssertionError(page.body()));
      Map<String, String> typed = Map.of("username", ANNA.username(), "password", ANNA.password());
      Form.Builder filled = Form.builder();
      for (Element field : form.select("input")) {
        String name = field.attr("name");
        filled.add(name, typed.getOrDefault(name, field.attr("value")));
      }
      boolean login = form.select("button[value=allow]").isEmpty();
      filled.add("choice", login ? "login" : "allow");
      return HttpRequest.newBuilder(URI.create(form.absUrl("action")))
          .header("Content-Type", "application/x-www-form-urlencoded")
          .POST(BodyPublishers.ofString(filled.build().encode()))
          .build();
    }
  }

  @Test
  void comesToItsEnd() throws Exception {
    try (Stage stage = stage()) {
      Scene scene =
          Scene.open(
              stage,
              stage.door("localhost", 0),
              stage.door("localhost", 0),
              Cast.UNATTENDED,
              List.of(ANNA));
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      Driver driver =
          new Driver(
              scene.client(),
              Yes.of(stage),
              stage.random(),
              new TextReport(new PrintStream(out, true, StandardCharsets.UTF_8)));
      Outcome outcome =
          driver.run(
              new Run(
                  Scope.of("openid", "accounts"),
                  AuthorizationDetails.NONE,
                  Optional.of(Cast.UNATTENDED),
                  Optional.of(scene.addresses().bank().resolve("/accounts")),
                  1));
      String told = out.toString(StandardCharsets.UTF_8);
      assertThat(outcome).as(told).isEqualTo(new Outcome.Success());
      assertThat(told)
          .contains("discovery", "push", "userinfo", "refresh", "answered 200", "success");
    }
  }
}
