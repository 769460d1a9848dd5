package dev.countersign.attacker.recipe.jose;

import dev.countersign.attacker.deployment.TestClient;
import dev.countersign.attacker.deployment.TestRegistration;
import dev.countersign.attacker.forge.Keys;
import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Expected;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.play.NotApplicableException;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Recipe;
import dev.countersign.attacker.play.TwinFailedException;
import dev.countersign.attacker.wire.Answer;
import dev.countersign.attacker.wire.Move;
import dev.countersign.attacker.wire.Outgoing;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.RedirectUri;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A key that the client has replaced, because it may have leaked. */
final class RotatedKey implements Recipe {
  static final String RULE = "SP-6.8-1";
  private static final String REDIRECT_URI = "https://rotated.example/callback";
  private static final Set<String> OF_THE_SERVER =
      Set.of(
          "registration_access_token",
          "registration_client_uri",
          "client_id_issued_at",
          "client_secret_expires_at",
          "client_secret");

  @Override
  public About about() {
    return About.of("J-18", "rotated-key")
        .by(Attacker.A1)
        .endangers(Goal.AUTHORIZATION)
        .needs(Need.REGISTRATION)
        .stoppedBy(RULE, "a key that was removed does not count any more")
        .means("A stolen key works on after the client has replaced it.")
        .change(
            "Take the keys of a client as they are now, and bound how long fetched ones count.");
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    SigningKey before = lab.newKey();
    SigningKey after = lab.newKey();
    JsonObject registered =
        play.twin("a client registers", () -> got(register(lab, "jwks", keys(before))));
    Access access = access(registered);
    String id = needed(registered, "client_id");
    String scope = scope(registered);
    try {
      play.twin("it pushes by its key", () -> lab.caller(client(id, scope, before)).pushed());
      access = play.twin("it replaces its key", replacing(lab, access, registered, after));
      play.twin("it pushes by its new key", () -> lab.caller(client(id, scope, after)).pushed());
      play.refused(
          "the removed key",
          lab.caller(client(id, scope, before)).attacking().push().send(),
          Expected.invalidClient(RULE));
      play.refused(
          "the removed key under the kid of the new one",
          lab.caller(client(id, scope, Keys.named(before, after.kid()))).attacking().push().send(),
          Expected.invalidClient(RULE));
      play.refused(
          "the removed key without kid",
          lab.caller(client(id, scope, before))
              .attacking()
              .push()
              .but(call -> call.assertion(jwt -> jwt.withoutHeader("kid")))
              .send(),
          Expected.invalidClient(RULE));
    } finally {
      end(lab, access);
    }
    PublishedKey.play(play, lab);
  }

  /** Where the registration is kept, and what opens it. */
  record Access(URI place, String token) {
    @Override
    public String toString() {
      return "Access";
    }
  }

  static Access access(JsonObject registered) throws IOException {
    URI place = URI.create(needed(registered, "registration_client_uri"));
    return new Access(place, needed(registered, "registration_access_token"));
  }

  static String scope(JsonObject registered) throws IOException {
    return registered.isString("scope") ? needed(registered, "scope") : "";
  }

  /** Ends the registration. */
  static void end(Lab lab, Access access) throws IOException {
    send(lab, "DELETE", access, Optional.empty());
  }

  /** Registers a client with its keys: themselves ({@code jwks}) or where they are. */
  static Answer register(Lab lab, String name, Object keys) throws IOException {
    TestRegistration registration = lab.target().registration().orElseThrow();
    JsonObject.Builder metadata = JsonObject.builder();
    metadata
        .putAll(registration.metadata())
        .put("redirect_uris", List.of(REDIRECT_URI))
        .put("token_endpoint_auth_method", "private_key_jwt")
        .putValue(name, keys);
    List<Map.Entry<String, String>> fields = new ArrayList<>();
    fields.add(Map.entry("Content-Type", "application/json"));
    registration
        .token()
        .ifPresent(token -> fields.add(Map.entry("Authorization", "Bearer " + token.reveal())));
    return lab.line()
        .send(
            new Outgoing(
                Move.OTHER,
                "POST",
                lab.server().need("registration_endpoint", false),
                fields,
                metadata.build().toBytes(),
                Optional.empty()));
  }

  static JsonObject keys(SigningKey key) {
    return JsonObject.builder().put("keys", List.of(key.publicJwk().toJson())).build();
  }

  static JsonObject got(Answer answer) throws IOException {
    return answer
        .json()
        .filter(_ -> answer.isSuccess())
        .orElseThrow(
            () -> new TwinFailedException("the registration was answered " + answer.brief()));
  }

  private static Play.Right<Access> replacing(
      Lab lab, Access access, JsonObject registered, SigningKey key) {
    JsonObject kept = registered.without("jwks");
    for (String name : OF_THE_SERVER) {
      kept = kept.without(name);
    }
    JsonObject changed = kept.toBuilder().put("jwks", keys(key)).build();
    return () -> {
      JsonObject now = got(send(lab, "PUT", access, Optional.of(changed)));
      // The token may be a new one (RFC 7592 section 3).
      return now.isString("registration_access_token")
          ? new Access(access.place(), needed(now, "registration_access_token"))
          : access;
    };
  }

  private static Answer send(Lab lab, String method, Access access, Optional<JsonObject> content)
      throws IOException {
    List<Map.Entry<String, String>> fields = new ArrayList<>();
    fields.add(Map.entry("Authorization", "Bearer " + access.token()));
    if (content.isPresent()) {
      fields.add(Map.entry("Content-Type", "application/json"));
    }
    byte[] body = content.map(JsonObject::toBytes).orElse(new byte[0]);
    return lab.line()
        .send(new Outgoing(Move.OTHER, method, access.place(), fields, body, Optional.empty()));
  }

  static String needed(JsonObject object, String name) throws IOException {
    try {
      return object
          .string(name)
          .orElseThrow(() -> new NotApplicableException("the registration gives no " + name));
    } catch (MalformedJsonException e) {
      throw new TwinFailedException("the registration has no usable " + name);
    }
  }

  static TestClient client(String id, String scope, SigningKey key) {
    return new TestClient(
        new ClientId(id),
        TestClient.Authentication.PRIVATE_KEY_JWT,
        Optional.of(key),
        Optional.empty(),
        false,
        new RedirectUri(REDIRECT_URI),
        scope,
        List.of(),
        Optional.empty(),
        false,
        false,
        false);
  }
}
