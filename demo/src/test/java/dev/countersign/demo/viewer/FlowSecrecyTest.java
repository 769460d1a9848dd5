package dev.countersign.demo.viewer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.client.Tokens;
import dev.countersign.demo.scene.Exchange;
import dev.countersign.demo.scene.Signing;
import dev.countersign.demo.story.Json;
import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.introspection.IntrospectionJwt;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.json.JsonObject;
import java.net.URI;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Searches all that the viewer gives out for every secret of a run and of its broken copies. */
class FlowSecrecyTest {
  private static final List<String> FIELDS =
      List.of(
          "client_assertion",
          "code",
          "code_verifier",
          "refresh_token",
          "access_token",
          "id_token",
          "request_uri",
          "password",
          "token",
          "interaction",
          "state",
          "nonce");

  /** Long enough that nothing else looks like it, short enough that no cut one gets through. */
  private static final int TELLTALE = 12;

  /** What is there only where messages are signed. */
  private static final List<String> SIGNED = List.of("request", "response", "about a token");

  @ParameterizedTest
  @EnumSource
  void noSecretIsGivenOutWhole(Signing signing) throws Exception {
    try (Show show = Show.open(signing)) {
      Tokens tokens = show.connect();
      show.client().userinfo(tokens);
      show.readAccounts(tokens);
      show.pay(tokens);
      show.client().refresh(tokens);
      for (JsonObject message : show.messages()) {
        for (JsonObject way : Json.objects(message, "breaks")) {
          show.attack(Break.of(Json.show(way, "id")).orElseThrow(), message);
        }
      }
      Set<Secret> secrets = secrets(show);
      assertThat(secrets)
          .extracting(Secret::kind)
          .containsAll(FIELDS)
          .contains("cookie", "proof", "presented token", "DPoP nonce", "private key")
          .satisfies(
              kinds -> assertThat(kinds.containsAll(SIGNED)).isEqualTo(signing.isOfMessages()));
      String given = String.join("\n", show.messages().stream().map(JsonObject::toJson).toList());
      assertThat(given).contains("sunny-budget", "SP-5.3.2.2-9", "__Host-countersign-session");
      assertThat(found(secrets, given)).as("in the flow").isEmpty();
      assertThat(found(secrets, show.get("/text").body())).as("in the text").isEmpty();
      // The same search finds what does stand there.
      assertThat(found(Set.of(new Secret("name", "sunny-budget")), given)).hasSize(1);
    }
  }

  /** A secret; its text form names its kind only. */
  record Secret(String kind, String value) {

    /** Its telltale parts: beginning and end, of a JWT those of each part. */
    Stream<String> traces() {
      return Stream.of(value.replace("urn:ietf:params:oauth:request_uri:", "").split("\\."))
          .flatMap(
              part ->
                  part.length() <= TELLTALE
                      ? Stream.of(part)
                      : Stream.of(
                          part.substring(0, TELLTALE), part.substring(part.length() - TELLTALE)))
          // The beginning of every ES256 proof and token is the same, and says nothing.
          .filter(trace -> !trace.startsWith("eyJ") || trace.length() > TELLTALE);
    }

    @Override
    public String toString() {
      return kind;
    }
  }

  private static List<Secret> found(Set<Secret> secrets, String text) {
    return secrets.stream().filter(secret -> secret.traces().anyMatch(text::contains)).toList();
  }

  private static Set<Secret> secrets(Show show) throws Exception {
    Set<Secret> secrets = new LinkedHashSet<>();
    show.heard().forEach(exchange -> add(secrets, exchange));
    secrets.add(new Secret("password", show.anna().password()));
    for (SigningKey key :
        List.of(
            show.scene().clientKey(),
            show.scene().dpopKey(),
            show.scene().messageKey(),
            show.scene().bankKey(),
            show.scene().askingKey(),
            show.scene().attackerKey())) {
      secrets.add(new Secret("private key", key.toPrivateJwk().string("d").orElseThrow()));
    }
    return secrets;
  }

  private static void add(Set<Secret> secrets, Exchange exchange) {
    boolean isForm =
        exchange.request().headers().all("Content-Type").stream()
            .anyMatch(type -> type.contains("form"));
    if (isForm) {
      add(secrets, Form.parseBody(exchange.request().body()));
    }
    exchange.request().query().map(Form::parseQuery).ifPresent(form -> add(secrets, form));
    exchange.response().all("Location").stream()
        .map(location -> Optional.ofNullable(URI.create(location).getRawQuery()))
        .flatMap(Optional::stream)
        .forEach(query -> add(secrets, Form.parseQuery(query)));
    Json.parse(exchange.response().body()).ifPresent(json -> add(secrets, json));
    for (String cookie : exchange.response().all("Set-Cookie")) {
      String pair = cookie.split(";", 2)[0];
      secrets.add(new Secret("cookie", pair.substring(pair.indexOf('=') + 1)));
    }
    exchange.response().all("DPoP-Nonce").forEach(n -> secrets.add(new Secret("DPoP nonce", n)));
    exchange.request().headers().all("DPoP").forEach(p -> secrets.add(new Secret("proof", p)));
    for (String credentials : exchange.request().headers().all("Authorization")) {
      String token = credentials.substring(credentials.indexOf(' ') + 1);
      secrets.add(new Secret("presented token", token));
    }
    String page = new String(exchange.response().body(), UTF_8);
    if (exchange.response().all("Content-Type").contains(IntrospectionJwt.MEDIA_TYPE)) {
      secrets.add(new Secret("about a token", page));
    }
    // What a page holds in its forms.
    if (page.startsWith("<!")) {
      Jsoup.parse(page)
          .select("input[type=hidden]")
          .forEach(field -> secrets.add(new Secret("token", field.attr("value"))));
    }
  }

  private static void add(Set<Secret> secrets, Form form) {
    FIELDS.forEach(
        name -> form.values(name).forEach(value -> secrets.add(new Secret(name, value))));
    for (String name : SIGNED) {
      form.value(name)
          .ifPresent(
              jwt -> {
                secrets.add(new Secret(name, jwt));
                add(secrets, claims(jwt));
              });
    }
  }

  private static void add(Set<Secret> secrets, JsonObject json) {
    FIELDS.forEach(
        name -> Json.text(json, name).ifPresent(value -> secrets.add(new Secret(name, value))));
  }

  private static JsonObject claims(String jwt) {
    return Json.parse(Base64.getUrlDecoder().decode(jwt.split("\\.", -1)[1])).orElseThrow();
  }
}
