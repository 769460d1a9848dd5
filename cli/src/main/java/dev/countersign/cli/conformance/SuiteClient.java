package dev.countersign.cli.conformance;

import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.json.JsonObject;
import java.util.List;

/**
 * A client that the suite plays, or that is played against it.
 *
 * @param id its identifier
 * @param key what it signs assertions with
 * @param credential what it shows in TLS
 * @param selfSigned whether nobody but its own key vouches for its certificate
 */
record SuiteClient(String id, SigningKey key, Credential credential, boolean selfSigned) {

  /** Its private keys as a JWK set. */
  JsonObject privateJwks() {
    return JsonObject.builder().put("keys", List.of(key.toPrivateJwk())).build();
  }

  /** Its public keys as a JWK set. */
  JsonObject publicJwks() {
    return JwkSet.of(List.of(key.publicJwk())).toJson();
  }

  /** The identifier alone: the rest is secret. */
  @Override
  public String toString() {
    return "SuiteClient[" + id + "]";
  }
}
