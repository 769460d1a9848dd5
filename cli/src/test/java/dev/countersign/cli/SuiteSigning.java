package dev.countersign.cli;

import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.jar.RequestObject;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.Issuer;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** What is signed in the suite's plan of Message Signing, and how it deceives there. */
final class SuiteSigning {
  private static final Set<String> BESIDE_AN_OBJECT =
      Set.of("client_id", "request", "client_assertion", "client_assertion_type");

  final Map<String, Object> response = new LinkedHashMap<>();
  UnaryOperator<String> resigned = UnaryOperator.identity();

  private final Jose jose;
  private final SigningKey key;
  private final Issuer issuer;
  private boolean ofRequests;
  private boolean ofResponses;

  SuiteSigning(Jose jose, SigningKey key, Issuer issuer) {
    this.jose = jose;
    this.key = key;
    this.issuer = issuer;
  }

  void wantsRequests(Map<String, Object> metadata) {
    ofRequests = true;
    metadata.put("request_object_signing_alg_values_supported", List.of("PS256", "ES256"));
  }

  void givesResponses(Map<String, Object> metadata, String jwksUri) {
    ofResponses = true;
    metadata.put("jwks_uri", jwksUri);
    metadata.put("response_modes_supported", List.of("jwt"));
    metadata.put("authorization_signing_alg_values_supported", List.of("PS256", "ES256"));
  }

  /** What was pushed; out of the object if that is wanted, and with nothing beside it. */
  Form opened(Form form, JwkSet clientKeys) {
    if (!ofRequests) {
      require(!form.has("request"), "an object that nobody wants");
      return form;
    }
    require(BESIDE_AN_OBJECT.containsAll(form.names()), "something beside the object");
    return RequestObject.read(form.required("request"))
        .verify(
            jose,
            clientKeys,
            Optional.empty(),
            new ClientId(form.required("client_id")),
            issuer,
            Instant.now())
        .parameters();
  }

  /** The answer as it is, or in a JWT alone. */
  Form answer(Map<String, Object> plain, Form pushed) {
    Form.Builder form = Form.builder();
    if (!ofResponses) {
      plain.forEach((name, value) -> form.add(name, value.toString()));
      return form.build();
    }
    require(pushed.value("response_mode").equals(Optional.of("jwt")), "response_mode");
    Map<String, Object> claims = new LinkedHashMap<>(plain);
    claims.put("aud", pushed.required("client_id"));
    claims.put("exp", Instant.now().getEpochSecond() + 300);
    claims.putAll(response);
    claims.values().removeIf(""::equals);
    JsonObject.Builder json = JsonObject.builder();
    claims.forEach((name, value) -> json.put(name, Optional.of(value)));
    String jwt = jose.sign(JsonObject.builder().build(), json.build(), key);
    return form.add("response", resigned.apply(jwt)).build();
  }

  private static void require(boolean met, String what) {
    if (!met) {
      throw new IllegalStateException("the suite would fail the client for: " + what);
    }
  }
}
