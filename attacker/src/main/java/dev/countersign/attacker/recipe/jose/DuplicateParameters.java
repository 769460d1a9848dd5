package dev.countersign.attacker.recipe.jose;

import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Caller;
import dev.countersign.attacker.play.Coded;
import dev.countersign.attacker.play.Expected;
import dev.countersign.attacker.play.FormCall;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Recipe;
import dev.countersign.attacker.play.Server;
import dev.countersign.attacker.wire.Answer;
import dev.countersign.attacker.wire.Move;
import dev.countersign.attacker.wire.Outgoing;
import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Parameters that stand twice, or where they must not stand. */
final class DuplicateParameters implements Recipe {
  private static final String RULE = "OA-5";
  private static final String FORM = "application/x-www-form-urlencoded";

  /** Of these, one value may be checked and the other used. */
  private static final Set<String> DECISIVE =
      Set.of("client_id", "redirect_uri", "code_challenge", "code_verifier");

  @Override
  public About about() {
    return About.of("J-16", "duplicate-parameters")
        .by(Attacker.A1)
        .endangers(Goal.AUTHORIZATION, Goal.BEYOND)
        .needs(Need.ASSERTION)
        .stoppedBy(RULE, "a parameter stands once, in the content of a POST, as a form")
        .means("One part of the server checks one value, and another uses the other.")
        .change("Answer invalid_request to repeated parameters (RFC 6749 sections 3.1, 3.2).");
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    Caller client = lab.asserting();
    play.twin("the client pushes a request", client::pushed);
    List<String> names = new ArrayList<>(client.push().call().form().names());
    // May stand more than once (RFC 8707 section 2).
    names.remove("resource");
    for (String name : names) {
      twice(play, name, client.attacking().push().call().beside(name, "https://attacker.example"));
    }
    if (Need.USER.isMet(lab.target(), lab.server())) {
      for (String name : List.of("grant_type", "code", "redirect_uri", "code_verifier")) {
        Coded coded = play.twin("a person agrees", () -> client.coded(lab.browser(), lab.victim()));
        twice(play, name, client.attacking().redeem(coded).beside(name, lab.random128()));
      }
    }
    places(play, lab, client);
    types(play, lab, client);
  }

  private static void twice(Play play, String name, FormCall call) throws IOException {
    Answer answer = call.send();
    if (DECISIVE.contains(name)) {
      play.refused(
          name + " twice",
          answer,
          Expected.error(RULE, "invalid_request", "invalid_client").status(400, 401));
    } else {
      odd(play, name + " twice", answer);
    }
  }

  private static void places(Play play, Lab lab, Caller client) throws IOException {
    for (String name : List.of(Server.PAR, Server.TOKEN)) {
      URI url = lab.server().need(name, false);
      String form = form(lab, client, name);
      odd(
          play,
          name + ": all in the query of a POST",
          send(lab, "POST", query(url, form), FORM, ""));
      odd(play, name + ": all in the query of a GET", send(lab, "GET", query(url, form), "", ""));
      odd(play, name + ": by PUT", send(lab, "PUT", url, FORM, form(lab, client, name)));
      Answer overridden =
          send(
              lab,
              "GET",
              query(url, form(lab, client, name) + "&_method=POST"),
              "",
              "",
              List.of(Map.entry("X-HTTP-Method-Override", "POST")));
      odd(play, name + ": a GET that says it is a POST", overridden);
    }
    FormCall call = client.push().call();
    String redirectUri = call.value("redirect_uri").orElse("");
    String inQuery = Form.builder().add("redirect_uri", redirectUri).build().encode();
    if (!client.client().signsRequests()) {
      odd(
          play,
          "redirect_uri in the query, the others in the content",
          send(
              lab,
              "POST",
              query(lab.server().need(Server.PAR, false), inQuery),
              FORM,
              call.drop("redirect_uri").encoded()));
    }
  }

  private static void types(Play play, Lab lab, Caller client) throws IOException {
    URI url = lab.server().need(Server.PAR, false);
    Form form = client.push().call().form();
    JsonObject.Builder json = JsonObject.builder();
    form.names().forEach(name -> json.put(name, form.value(name).orElse("")));
    odd(play, "as JSON", send(lab, "POST", url, "application/json", json.build().toJson()));
    for (String type : List.of("text/plain", "multipart/form-data; boundary=x", "")) {
      odd(
          play,
          "a form that is called " + (type.isEmpty() ? "nothing" : type),
          send(lab, "POST", url, type, form(lab, client, Server.PAR)));
    }
    Answer utf8 = send(lab, "POST", url, FORM + "; charset=UTF-8", form(lab, client, Server.PAR));
    play.passes("a form that says it is UTF-8", utf8, RULE);
    Answer utf16 = send(lab, "POST", url, FORM + ";charset=UTF-16", form(lab, client, Server.PAR));
    play.should(
        "a form that says it is UTF-16 and is not",
        utf16.status() < 500,
        "answered " + utf16.brief(),
        RULE);
  }

  /** A right form for an endpoint; of the token endpoint, with a code that nobody gave. */
  private static String form(Lab lab, Caller client, String name) throws IOException {
    return name.equals(Server.PAR)
        ? client.push().call().encoded()
        : client.redeem(lab.random128(), lab.random128() + lab.random128()).encoded();
  }

  private static URI query(URI url, String query) {
    return URI.create(url + (url.getRawQuery() == null ? "?" : "&") + query);
  }

  private static Answer send(Lab lab, String method, URI url, String type, String body)
      throws IOException {
    return send(lab, method, url, type, body, List.of());
  }

  private static Answer send(
      Lab lab,
      String method,
      URI url,
      String type,
      String body,
      List<Map.Entry<String, String>> more)
      throws IOException {
    List<Map.Entry<String, String>> fields = new ArrayList<>(more);
    fields.add(Map.entry("Accept", "application/json"));
    if (!type.isEmpty()) {
      fields.add(Map.entry("Content-Type", type));
    }
    return lab.line()
        .send(
            new Outgoing(
                Move.OTHER,
                method,
                url,
                fields,
                body.getBytes(StandardCharsets.UTF_8),
                Optional.empty()));
  }

  private static void odd(Play play, String what, Answer answer) {
    play.should(
        what, answer.status() >= 400 && answer.status() < 500, "answered " + answer.brief(), RULE);
  }
}
