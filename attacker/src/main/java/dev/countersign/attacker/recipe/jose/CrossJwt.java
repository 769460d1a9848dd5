package dev.countersign.attacker.recipe.jose;

import dev.countersign.attacker.deployment.TestClient;
import dev.countersign.attacker.deployment.TestIntrospection;
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
import dev.countersign.attacker.play.Tokens;
import dev.countersign.attacker.wire.Answer;
import dev.countersign.attacker.wire.Move;
import dev.countersign.attacker.wire.Outgoing;
import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.json.MalformedJsonException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Every kind of JWT that can be had, in the place of every other. */
final class CrossJwt implements Recipe {
  private static final String RULE = "SP-5.4.1-1.1";
  private static final Set<String> OF_THE_CLIENT =
      Set.of("client_id", "client_assertion", "client_assertion_type");

  @Override
  public About about() {
    return About.of("J-13", "cross-jwt")
        .also("ATT-35", "ATT-63")
        .by(Attacker.A1, Attacker.A1A, Attacker.A5)
        .endangers(Goal.AUTHORIZATION, Goal.AUTHENTICATION, Goal.NON_REPUDIATION)
        .needs(Need.ASSERTION, Need.USER)
        .stoppedBy(RULE, "typ, iss, aud and the claims of each kind of JWT keep the kinds apart")
        .means("A JWT that many can see counts where only a secret one should.")
        .change(
            "Check typ where a kind has one, and iss, aud and the claims that only the right kind"
                + " has (RFC 8725 sections 3.11, 3.12).");
  }

  /** What can be used in the place of something else. */
  private enum Kind {
    CLIENT_ASSERTION,
    REQUEST_OBJECT,
    DPOP_PROOF,
    ACCESS_TOKEN,
    ID_TOKEN,
    AUTHORIZATION_RESPONSE,
    INTROSPECTION_RESPONSE;

    String title() {
      return name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
    }
  }

  /** One that was made or got. */
  private record Taken(Kind kind, String jwt) {}

  @Override
  public void play(Play play, Lab lab) throws IOException {
    Caller client = lab.asserting();
    Tokens tokens =
        play.twin("the client gets tokens", () -> client.tokens(lab.browser(), lab.victim()));
    List<Taken> all = taken(play, lab, client, tokens);
    asAssertion(play, lab, client, all);
    if (new Doors(play, lab, RULE).takesObjects()) {
      asRequestObject(play, lab, all);
    }
    if (client.provesKey() && tokens.refresh().isPresent()) {
      asProof(play, client, tokens.refresh().get(), all);
    }
    if (Need.RESOURCE.isMet(lab.target(), lab.server())) {
      asAccessToken(play, lab, client, tokens, all);
    }
    if (Need.INTROSPECTION.isMet(lab.target(), lab.server())) {
      asIntrospected(play, lab, tokens, all);
    }
    named(play, client);
  }

  private static List<Taken> taken(Play play, Lab lab, Caller client, Tokens tokens)
      throws IOException {
    List<Taken> all = new ArrayList<>();
    all.add(new Taken(Kind.CLIENT_ASSERTION, client.assertion().compact()));
    URI par = lab.server().need(Server.PAR, false);
    all.add(new Taken(Kind.DPOP_PROOF, client.proof("POST", par, Optional.empty()).compact()));
    if (tokens.access().split("\\.", -1).length == 3) {
      all.add(new Taken(Kind.ACCESS_TOKEN, tokens.access()));
    }
    tokens.id().ifPresent(token -> all.add(new Taken(Kind.ID_TOKEN, token)));
    if (Need.SIGNED_REQUESTS.isMet(lab.target(), lab.server())) {
      Form form = lab.signingRequests().push().call().form();
      form.values("request").forEach(jwt -> all.add(new Taken(Kind.REQUEST_OBJECT, jwt)));
    }
    if (Need.SIGNED_RESPONSES.isMet(lab.target(), lab.server())) {
      Caller signed = lab.signedResponses();
      Coded coded = play.twin("a signed response", () -> signed.coded(lab.browser(), lab.victim()));
      coded.back().signed().ifPresent(jwt -> all.add(new Taken(Kind.AUTHORIZATION_RESPONSE, jwt)));
    }
    if (Need.INTROSPECTION.isMet(lab.target(), lab.server())) {
      Answer answer = introspect(lab, tokens.access(), "application/token-introspection+jwt");
      if (answer.isSuccess() && answer.json().isEmpty()) {
        all.add(new Taken(Kind.INTROSPECTION_RESPONSE, answer.text().strip()));
      }
    }
    return all;
  }

  private static List<Taken> others(List<Taken> all, Kind... than) {
    return all.stream().filter(one -> !List.of(than).contains(one.kind())).toList();
  }

  private static void asAssertion(Play play, Lab lab, Caller client, List<Taken> all)
      throws IOException {
    play.twin("the client pushes a request", client::pushed);
    for (Taken one : others(all, Kind.CLIENT_ASSERTION)) {
      play.refused(
          one.kind().title() + " as client assertion",
          maker(lab, client, one).attacking().push().but(call -> call.assertions(one.jwt())).send(),
          Expected.invalidClient(RULE).orError("invalid_request"));
    }
  }

  /** Whose key signed a request object is who could be played by it. */
  private static Caller maker(Lab lab, Caller client, Taken one) {
    return one.kind() == Kind.REQUEST_OBJECT ? lab.signingRequests() : client;
  }

  private static void asRequestObject(Play play, Lab lab, List<Taken> all) throws IOException {
    Caller signing = lab.signingRequests();
    play.twin("a client pushes a request object", signing::pushed);
    for (Taken one : others(all, Kind.REQUEST_OBJECT)) {
      FormCall call = signing.attacking().push().call();
      call.plain().form().names().stream()
          .filter(name -> !OF_THE_CLIENT.contains(name))
          .forEach(call::drop);
      play.refused(
          one.kind().title() + " as request object",
          call.set("client_id", signing.id()).beside("request", own(signing, one)).send(),
          Expected.error(RULE, "invalid_request_object", "invalid_request").status(400));
    }
  }

  /** An assertion that the same key signed: nothing but its kind is wrong. */
  private static String own(Caller signing, Taken one) {
    return one.kind() == Kind.CLIENT_ASSERTION ? signing.assertion().compact() : one.jwt();
  }

  private static void asProof(Play play, Caller client, String refresh, List<Taken> all)
      throws IOException {
    for (Taken one : others(all, Kind.DPOP_PROOF)) {
      play.refused(
          one.kind().title() + " as DPoP proof",
          client.attacking().refresh(refresh).proofs(one.jwt()).send(),
          Expected.error(RULE, "invalid_dpop_proof").status(400));
    }
    play.twin("a right proof is taken", () -> Tokens.of(client.refresh(refresh).send()));
  }

  private static void asAccessToken(
      Play play, Lab lab, Caller client, Tokens tokens, List<Taken> all) throws IOException {
    play.twin("the token is good", client.call(lab.resource(), tokens.access()).send());
    for (Taken one : others(all, Kind.ACCESS_TOKEN)) {
      play.refused(
          one.kind().title() + " as access token",
          client.attacking().call(lab.resource(), one.jwt()).send(),
          Expected.error(RULE, "invalid_token").status(401));
    }
  }

  private static void asIntrospected(Play play, Lab lab, Tokens tokens, List<Taken> all)
      throws IOException {
    Answer right =
        play.twin(
            "the access token is introspected",
            introspect(lab, tokens.access(), "application/json"));
    for (Taken one : others(all, Kind.ACCESS_TOKEN)) {
      Answer answer = introspect(lab, one.jwt(), "application/json");
      play.holds(
          one.kind().title() + " introspected as access token",
          !active(answer) || !active(right),
          "answered " + answer.brief() + ", active " + active(answer),
          RULE);
    }
  }

  private static boolean active(Answer answer) {
    try {
      return answer.isSuccess()
          && answer.json().isPresent()
          && answer.json().get().bool("active").orElse(false);
    } catch (MalformedJsonException e) {
      return false;
    }
  }

  private static Answer introspect(Lab lab, String token, String accept) throws IOException {
    TestIntrospection asking = lab.target().introspection().orElseThrow();
    Caller server = lab.caller(resourceServer(lab, asking));
    String body = server.form("introspection_endpoint").add("token", token).encoded();
    List<Map.Entry<String, String>> fields =
        List.of(
            Map.entry("Content-Type", "application/x-www-form-urlencoded"),
            Map.entry("Accept", accept));
    return lab.line()
        .send(
            new Outgoing(
                Move.OTHER,
                "POST",
                lab.server().need("introspection_endpoint", false),
                fields,
                body.getBytes(StandardCharsets.UTF_8),
                Optional.empty()));
  }

  /** It authenticates as clients do, and does nothing else that they do. */
  private static TestClient resourceServer(Lab lab, TestIntrospection asking) {
    return new TestClient(
        asking.id(),
        TestClient.Authentication.PRIVATE_KEY_JWT,
        Optional.of(asking.key()),
        Optional.empty(),
        false,
        lab.client().client().redirectUri(),
        "",
        List.of(),
        Optional.empty(),
        false,
        false,
        false);
  }

  /** The claims of an assertion under the name of another kind: RFC 7523 itself demands no typ. */
  private static void named(Play play, Caller client) throws IOException {
    for (String typ : List.of("oauth-authz-req+jwt", "dpop+jwt", "at+jwt", "logout+jwt")) {
      Answer answer = Doors.pushWith(client, Variant.of(typ, jwt -> jwt.header("typ", typ)));
      play.should(
          "a right assertion that says it is " + typ,
          answer.status() >= 400 && answer.status() < 500,
          "answered " + answer.brief(),
          RULE);
    }
  }
}
