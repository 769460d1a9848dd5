package dev.countersign.attacker.recipe.registration;

import dev.countersign.attacker.deployment.TestClient;
import dev.countersign.attacker.deployment.TestRegistration;
import dev.countersign.attacker.play.Caller;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.NotApplicableException;
import dev.countersign.attacker.play.TwinFailedException;
import dev.countersign.attacker.wire.Answer;
import dev.countersign.attacker.wire.Move;
import dev.countersign.attacker.wire.NoAnswerException;
import dev.countersign.attacker.wire.OutOfBoundsException;
import dev.countersign.attacker.wire.Outgoing;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.oauth.ClientId;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Registers clients (RFC 7591), manages them (RFC 7592), and deletes at its end whatever it
 * registered, also what should have been refused.
 */
final class Registrar implements AutoCloseable {
  static final String METHOD = "token_endpoint_auth_method";
  static final String REDIRECTS = "redirect_uris";
  private static final String ENDPOINT = "registration_endpoint";

  private final Lab lab;
  private final TestRegistration how;
  private final List<Registered> made = new ArrayList<>();

  Registrar(Lab lab) {
    this.lab = lab;
    this.how = lab.target().registration().orElseThrow();
  }

  /**
   * A client that registered itself.
   *
   * @param url where it manages its registration
   * @param token by which it does
   * @param metadata what it was answered
   */
  record Registered(String id, Optional<URI> url, Optional<String> token, JsonObject metadata) {

    /**
     * Where it manages its registration.
     *
     * @throws NotApplicableException if the server has no management of registrations
     */
    URI needUrl() throws NotApplicableException {
      return url.filter(_ -> token.isPresent())
          .orElseThrow(
              () -> new NotApplicableException("registrations cannot be managed (RFC 7592)"));
    }

    /** The name alone. */
    @Override
    public String toString() {
      return "Registered[" + id + "]";
    }
  }

  /** Metadata that are right, with this key. */
  JsonObject right(SigningKey key) {
    JsonObject.Builder all = JsonObject.builder().putAll(how.metadata());
    JsonObject least =
        JsonObject.builder()
            .put(REDIRECTS, List.of(lab.client().client().redirectUri().value()))
            .put("response_types", List.of("code"))
            .put(METHOD, "private_key_jwt")
            .put("jwks", JwkSet.of(List.of(key.publicJwk())).toJson())
            .build();
    for (String name : least.names()) {
      if (!how.metadata().has(name)) {
        all.putValue(name, least.value(name).orElseThrow());
      }
    }
    return all.build();
  }

  /** Metadata with another value of a member. */
  static JsonObject set(JsonObject metadata, String name, Object value) {
    return metadata.without(name).toBuilder().putValue(name, value).build();
  }

  /** Sends metadata to register. */
  Answer register(JsonObject metadata) throws IOException {
    URI url = lab.server().need(ENDPOINT, false);
    Answer answer =
        manage("POST", url, how.token().map(token -> token.reveal()), Optional.of(metadata));
    read(answer).ifPresent(made::add);
    return answer;
  }

  /**
   * Registers what is right.
   *
   * @throws TwinFailedException if it is refused
   */
  Registered registered(JsonObject metadata) throws IOException {
    Answer answer = register(metadata);
    return read(answer)
        .orElseThrow(
            () -> new TwinFailedException("the registration was answered " + answer.brief()));
  }

  /** What an answer says was registered; empty if it is a refusal. */
  static Optional<Registered> read(Answer answer) {
    return answer
        .json()
        .filter(_ -> answer.isSuccess())
        .flatMap(
            json ->
                answer
                    .member("client_id")
                    .map(
                        id ->
                            new Registered(
                                id,
                                answer.member("registration_client_uri").flatMap(Registrar::url),
                                answer.member("registration_access_token"),
                                json)));
  }

  private static Optional<URI> url(String text) {
    try {
      return Optional.of(URI.create(text)).filter(url -> url.getHost() != null);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** A request to register or to manage, with a bearer token if there is one. */
  Answer manage(String method, URI url, Optional<String> token, Optional<JsonObject> body)
      throws IOException {
    List<Map.Entry<String, String>> fields = new ArrayList<>();
    fields.add(Map.entry("Accept", "application/json"));
    token.ifPresent(text -> fields.add(Map.entry("Authorization", "Bearer " + text)));
    body.ifPresent(_ -> fields.add(Map.entry("Content-Type", "application/json")));
    byte[] bytes = body.map(JsonObject::toBytes).orElse(new byte[0]);
    return lab.line().send(new Outgoing(Move.OTHER, method, url, fields, bytes, Optional.empty()));
  }

  /** The initial access token, if registering needs one. */
  Optional<String> initialToken() {
    return how.token().map(token -> token.reveal());
  }

  /** A request by which a client replaces its registration, in its own name. */
  Answer replace(Registered client, JsonObject metadata) throws IOException {
    Answer answer =
        manage("PUT", client.needUrl(), client.token(), Optional.of(replacement(client, metadata)));
    // The token to delete it by may be a new one (RFC 7592 section 3).
    read(answer).ifPresent(made::add);
    return answer;
  }

  /** What a client sends to replace its registration by these metadata. */
  static JsonObject replacement(Registered client, JsonObject metadata) {
    return set(metadata, "client_id", client.id());
  }

  /** The client, with this key, to play. */
  Caller caller(Registered client, SigningKey key) {
    TestClient like = lab.client().client();
    String scope = client.metadata().value("scope").map(Object::toString).orElse("");
    return lab.caller(
        new TestClient(
            new ClientId(client.id()),
            TestClient.Authentication.PRIVATE_KEY_JWT,
            Optional.of(key),
            Optional.empty(),
            false,
            like.redirectUri(),
            scope,
            List.of(),
            Optional.empty(),
            false,
            false,
            false));
  }

  /** Deletes what was registered. What cannot be deleted stays: nobody else would be harmed. */
  @Override
  public void close() throws IOException {
    for (Registered client : made) {
      if (client.url().isPresent() && client.token().isPresent()) {
        try {
          manage("DELETE", client.url().get(), client.token(), Optional.empty());
        } catch (NoAnswerException | OutOfBoundsException e) {
          return;
        }
      }
    }
  }
}
