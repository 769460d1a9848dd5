package dev.countersign.server.kit;

import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Signs the authorization requests of a client, right unless a test has it otherwise. */
public final class SignedRequests {
  private static final Map<String, ?> HEADER = Map.of("typ", "oauth-authz-req+jwt");

  private final TestServer server;
  private final TestClient client;

  /** Those of this client, signed by the key that it authenticates with. */
  public SignedRequests(TestServer server, TestClient client) {
    this.server = server;
    this.client = client;
  }

  /** The claims of a good object without {@code jti}, changed. */
  public JsonObject claims(Consumer<Map<String, Object>> change) {
    long now = server.now().getEpochSecond();
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("iss", client.id().value());
    claims.put("aud", TestServer.ISSUER.value());
    claims.put("nbf", now);
    claims.put("exp", now + 60);
    client
        .authorizationRequest()
        .pairs()
        .forEach(pair -> claims.put(pair.getKey(), pair.getValue()));
    change.accept(claims);
    return RawJwt.json(claims);
  }

  /** A good object. */
  public String object() {
    return object(claims -> {});
  }

  /** An object whose claims were changed before it was signed. */
  public String object(Consumer<Map<String, Object>> change) {
    return objectBy(client.key(), change);
  }

  /** The same, signed by any key. */
  public String objectBy(SigningKey key, Consumer<Map<String, Object>> change) {
    return server.jose().sign(RawJwt.json(HEADER), claims(change), key);
  }

  /** The parameters that carry an object. */
  public Params carrying(String object) {
    return Params.of("client_id", client.id().value(), "request", object);
  }

  /** Pushes an object with a fresh assertion. */
  public Reply push(String object) {
    return client.push(carrying(object));
  }

  /** Pushes an object with this assertion and these proofs. */
  public Reply push(String object, String assertion, String... proofs) {
    return client.post(
        "/par", carrying(object).and(client.authenticatedBy(assertion)), List.of(proofs));
  }
}
