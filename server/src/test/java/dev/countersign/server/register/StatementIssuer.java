package dev.countersign.server.register;

import dev.countersign.protocol.jose.InvalidJwkException;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.json.JsonObject;
import java.security.SecureRandom;
import java.util.List;

/** Somebody who makes software statements: a directory of software. */
final class StatementIssuer {
  /** Not a URL: there are directories that call themselves by a name. */
  static final String NAME = "The Directory";

  private static final Jose JOSE = Jose.jdk();

  private final SigningKey key;

  StatementIssuer() {
    this(SignatureAlgorithm.ES256);
  }

  StatementIssuer(SignatureAlgorithm algorithm) {
    this(JOSE.generate(algorithm, new SecureRandom()));
  }

  private StatementIssuer(SigningKey key) {
    this.key = key;
  }

  /** The same key under the {@code kid} of another. */
  StatementIssuer withKidOf(StatementIssuer other) {
    String jwk = key.toPrivateJwk().toJson().replace(key.kid(), other.key.kid());
    try {
      return new StatementIssuer(SigningKey.fromPrivateJwk(RegisteredPeer.json(jwk)));
    } catch (InvalidJwkException e) {
      throw new AssertionError(e);
    }
  }

  SigningKey key() {
    return key;
  }

  /** Its public key as a set. */
  JsonObject jwks() {
    return JwkSet.of(List.of(key.publicJwk())).toJson();
  }

  /** It as an entry of {@code issuers}, whose keys stand there. */
  String trusted(String... more) {
    String rest = more.length == 0 ? "" : ", " + String.join(", ", more);
    return "{issuer: '%s', jwks: %s%s}".formatted(NAME, jwks().toJson(), rest);
  }

  /** A statement that says this. */
  String statement(String claims) {
    JsonObject said = RegisteredPeer.json(claims);
    JsonObject all =
        said.has("iss") ? said : said.toBuilder().put("iss", StatementIssuer.NAME).build();
    return signed("{\"typ\":\"JWT\"}", all);
  }

  /** Exactly these claims, under this header. */
  String signed(String header, JsonObject claims) {
    return JOSE.sign(RegisteredPeer.json(header), claims, key);
  }
}
