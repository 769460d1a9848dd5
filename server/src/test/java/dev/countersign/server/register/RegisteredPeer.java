package dev.countersign.server.register;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.SecretDigest;
import dev.countersign.server.kit.Reply;
import dev.countersign.server.kit.TestClient;
import dev.countersign.server.kit.TestServer;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A server at which clients register themselves, and what a developer sends to it. */
final class RegisteredPeer {
  static final String INITIAL = "initial-access-token-of-a-test-1";

  static final String CALLBACK = "https://other.example.com/callback";

  /** What a client may say of itself, as far as anybody looks at it. */
  static final List<String> MEMBERS =
      List.of(
          "client_name",
          "redirect_uris",
          "token_endpoint_auth_method",
          "token_endpoint_auth_signing_alg",
          "tls_client_auth_subject_dn",
          "tls_client_auth_san_dns",
          "jwks",
          "jwks_uri",
          "grant_types",
          "response_types",
          "response_modes",
          "scope",
          "client_uri",
          "logo_uri",
          "policy_uri",
          "tos_uri",
          "contacts",
          "id_token_signed_response_alg",
          "require_signed_request_object",
          "request_object_signing_alg",
          "authorization_signed_response_alg",
          "authorization_encrypted_response_alg",
          "dpop_bound_access_tokens",
          "tls_client_certificate_bound_access_tokens",
          "use_mtls_endpoint_aliases",
          "authorization_details_types",
          "subject_type",
          "application_type",
          "software_id",
          "software_version",
          "software_statement");

  private RegisteredPeer() {}

  static TestServer server(Path folder, String... keys) {
    return new TestServer(folder, with(keys));
  }

  /** The configuration, with these keys of {@code dynamic_registration} beside the usual ones. */
  static UnaryOperator<String> with(String... keys) {
    List<String> all = new ArrayList<>(List.of(keys));
    all.add("enabled: true");
    all.add("scope: openid accounts offline_access");
    if (all.stream().noneMatch(key -> key.startsWith("open:") || key.contains("required: true"))) {
      all.add(tokens());
    }
    return yaml -> yaml + "dynamic_registration: {" + String.join(", ", all) + "}\n";
  }

  /** The key that lets holders of {@link #INITIAL} register. */
  static String tokens() {
    return "initial_access_tokens: ['%s']".formatted(SecretDigest.of(INITIAL).hex());
  }

  /** What a client with this key sends at least. */
  static JsonObject metadata(TestClient key) {
    return JsonObject.builder()
        .put("client_name", "Budget App")
        .put("redirect_uris", List.of(CALLBACK))
        .put("jwks", json(key.jwks()))
        .build();
  }

  /** The same with members in the place of others, or beside them. */
  static JsonObject with(JsonObject metadata, JsonObject changed) {
    JsonObject.Builder all = JsonObject.builder();
    List<String> kept = metadata.names().stream().filter(name -> !changed.has(name)).toList();
    return all.putAll(metadata.only(java.util.Set.copyOf(kept))).putAll(changed).build();
  }

  static JsonObject json(String text) {
    try {
      return JsonObject.parse(text);
    } catch (dev.countersign.protocol.json.MalformedJsonException e) {
      throw new AssertionError(e);
    }
  }

  static Reply register(TestServer server, JsonObject metadata) {
    return register(server, metadata, "Bearer " + INITIAL);
  }

  static Reply register(TestServer server, JsonObject metadata, String authorization) {
    return send(server, "POST", server.url("/register"), authorization, metadata.toJson());
  }

  static Reply send(TestServer server, String method, URI url, String authorization, String body) {
    List<Map.Entry<String, String>> headers = new ArrayList<>();
    if (!authorization.isEmpty()) {
      headers.add(Map.entry("Authorization", authorization));
    }
    if (!body.isEmpty()) {
      headers.add(Map.entry("Content-Type", "application/json"));
    }
    return server.send(method, url, headers, body.getBytes(UTF_8));
  }

  /** Asks at the configuration endpoint of a registration with its own token. */
  static Reply manage(TestServer server, String method, Reply registered, String body) {
    return send(
        server,
        method,
        URI.create(registered.string("registration_client_uri")),
        "Bearer " + registered.string("registration_access_token"),
        body);
  }

  static ClientId id(Reply registered) {
    return new ClientId(registered.string("client_id"));
  }

  /**
   * What a server says when the registered client pushes a good request.
   *
   * @param server perhaps another one than it registered with
   * @param party holds its key
   */
  static String pushed(TestServer server, Reply registered, TestClient party) {
    TestClient client = server.impostor(id(registered));
    return client
        .post(
            "/par",
            client
                .authorizationRequest()
                .and(client.authenticatedBy(client.assertionBy(party.key()))),
            List.of())
        .outcome();
  }
}
