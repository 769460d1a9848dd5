package dev.countersign.attacker.recipe.resource;

import dev.countersign.attacker.forge.Keys;
import dev.countersign.attacker.play.Caller;
import dev.countersign.attacker.play.Lab;
import dev.countersign.protocol.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The ways in which a proof can be none. */
final class ProofShapes {
  private ProofShapes() {}

  /** All of them, for a client's proof. */
  static List<ProofVariant> of(Caller client, Lab lab) {
    List<ProofVariant> all = new ArrayList<>(headers(client));
    all.addAll(keys(client, lab));
    all.addAll(claims(lab));
    return all;
  }

  private static List<ProofVariant> headers(Caller client) {
    return List.of(
        new ProofVariant("no typ", jwt -> jwt.withoutHeader("typ")),
        new ProofVariant("typ JWT", jwt -> jwt.header("typ", "JWT")),
        new ProofVariant("typ at+jwt", jwt -> jwt.header("typ", "at+jwt")),
        new ProofVariant("no jwk", jwt -> jwt.withoutHeader("jwk")),
        new ProofVariant(
            "kid in place of jwk",
            jwt -> jwt.withoutHeader("jwk").header("kid", client.dpopKey().thumbprint().value())));
  }

  private static List<ProofVariant> keys(Caller client, Lab lab) {
    JsonObject jwk = client.dpopKey().publicJwk().requiredMembers();
    byte[] secret = lab.random128().getBytes(StandardCharsets.US_ASCII);
    JsonObject oct = JsonObject.builder().put("kty", "oct").put("k", Keys.base64(secret)).build();
    return List.of(
        new ProofVariant(
            "jwk with the private key", jwt -> jwt.header("jwk", client.dpopKey().toPrivateJwk())),
        new ProofVariant(
            "jwk with a d that is not that of the key",
            jwt -> jwt.header("jwk", jwk.toBuilder().put("d", lab.random128()).build())),
        new ProofVariant(
            "a shared secret",
            jwt -> jwt.header("alg", "HS256").header("jwk", oct).signedBy(Keys.hmac(secret))),
        new ProofVariant(
            "the public key as a shared secret",
            jwt ->
                jwt.header("alg", "HS256")
                    .signedBy(Keys.hmac(client.dpopKey().publicJwk().key().getEncoded()))),
        new ProofVariant(
            "RSA of 1024 bits", jwt -> Keys.rsa("PS256", 1024, lab.random()).prove(jwt)),
        new ProofVariant(
            "a point that is not on the curve", jwt -> jwt.header("jwk", offCurve(jwk))),
        new ProofVariant(
            "the point 0, 0, and a signature of zeros",
            jwt -> jwt.header("jwk", zero(jwk)).signedBy(_ -> new byte[64])));
  }

  private static List<ProofVariant> claims(Lab lab) {
    return List.of(
        new ProofVariant("a signature of zeros", jwt -> jwt.signedBy(_ -> new byte[64])),
        new ProofVariant("no signature", jwt -> jwt.signedBy(_ -> new byte[0])),
        new ProofVariant("alg none", jwt -> jwt.header("alg", "none").signedBy(_ -> new byte[0])),
        new ProofVariant("alg ES384", jwt -> jwt.header("alg", "ES384")),
        new ProofVariant(
            "an unknown critical member",
            jwt -> jwt.header("crit", List.of("more")).header("more", true)),
        new ProofVariant("no jti", jwt -> jwt.without("jti")),
        new ProofVariant("jti as a number", jwt -> jwt.with("jti", 1L)),
        new ProofVariant("no iat", jwt -> jwt.without("iat")),
        new ProofVariant("iat as a string", jwt -> jwt.with("iat", "now")),
        new ProofVariant("claims that are no JSON", jwt -> jwt.rawClaims("proof")),
        new ProofVariant(
            "one claim changed after signing",
            jwt -> jwt.with("jti", lab.random128()).signedBy(_ -> jwt.signer().sign(new byte[1]))));
  }

  private static JsonObject offCurve(JsonObject jwk) {
    String x = "A".repeat(42) + "E";
    return jwk.without("x").toBuilder().put("x", x).build();
  }

  private static JsonObject zero(JsonObject jwk) {
    String zeros = "A".repeat(43);
    return jwk.without("x").without("y").toBuilder().put("x", zeros).put("y", zeros).build();
  }
}
