package dev.countersign.client;

import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.jose.SigningKey;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Signed authorization responses, good and bad, of a {@link ScriptedAs}. */
final class SignedAnswers {

  /** What a server that signs and verifies every message says of that. */
  static final Map<String, Object> METADATA =
      Map.of(
          "response_modes_supported",
          List.of("query", "jwt", "query.jwt", "fragment.jwt", "form_post.jwt"),
          "authorization_signing_alg_values_supported",
          SignatureAlgorithm.joseNames(),
          "request_object_signing_alg_values_supported",
          SignatureAlgorithm.joseNames());

  private final ScriptedAs as;
  private final Map<String, Object> claims = new LinkedHashMap<>();

  /** The signed form of a plain answer, good for 10 minutes from now. */
  SignedAnswers(ScriptedAs as, Form answer, Instant now) {
    this.as = as;
    claims.put("iss", as.issuer.value());
    claims.put("aud", as.clientId.value());
    claims.put("exp", now.getEpochSecond() + 600);
    answer.names().forEach(name -> claims.put(name, answer.required(name)));
  }

  /** The JWT as it must be. */
  String good() {
    return with(Map.of());
  }

  /** The JWT with these claims changed; an empty text drops one. */
  String with(Map<String, Object> changes) {
    return with(changes, as.key);
  }

  /** The same, signed by that key. */
  String with(Map<String, Object> changes, SigningKey key) {
    return with(changes, key, Map.of());
  }

  /** The same with these members in its header. */
  String with(Map<String, Object> changes, SigningKey key, Map<String, Object> header) {
    Map<String, Object> changed = new LinkedHashMap<>(claims);
    changed.putAll(changes);
    changed.values().removeIf(""::equals);
    return ScriptedAs.JOSE.sign(ScriptedAs.json(header), ScriptedAs.json(changed), key);
  }
}
