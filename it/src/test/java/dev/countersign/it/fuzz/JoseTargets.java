package dev.countersign.it.fuzz;

import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.jwk.JWK;
import dev.countersign.protocol.jose.CompactJws;
import dev.countersign.protocol.jose.InvalidJwkException;
import dev.countersign.protocol.jose.InvalidJwtException;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.jose.JwtClaims;
import dev.countersign.protocol.jose.PublicJwk;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.security.cert.X509Certificate;
import java.text.ParseException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tokens whose signature is not looked at yet, keys and claims. */
final class JoseTargets {
  private static final JsonMapper JACKSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  static final List<Target<?>> ALL =
      List.of(
          Target.ofText(
              "compact-jws",
              Set.of(InvalidJwtException.class),
              CompactJws::parse,
              JoseTargets::isStrict),
          Target.ofText(
              "jwk",
              Set.of(MalformedJsonException.class, InvalidJwkException.class),
              text -> PublicJwk.parse(JsonObject.parse(text)),
              JoseTargets::sameKey),
          Target.ofText(
              "jwk-set",
              Set.of(MalformedJsonException.class, InvalidJwkException.class),
              text -> JwkSet.parse(JsonObject.parse(text)),
              JoseTargets::sameKeys),
          Target.ofText(
              "jwt-claims",
              Set.of(MalformedJsonException.class, InvalidJwtException.class),
              JoseTargets::claims,
              JoseTargets::sameClaims));

  private JoseTargets() {}

  private static void isStrict(CompactJws jws, String compact) throws Exception {
    String[] parts = compact.split("\\.", -1);
    Holds.equal(parts.length, 3, "the number of parts");
    for (String part : parts) {
      Holds.equal(
          Base64.getUrlEncoder()
              .withoutPadding()
              .encodeToString(Base64.getUrlDecoder().decode(part)),
          part,
          "canonical base64url");
    }
    JsonNode header = JACKSON.readTree(Base64.getUrlDecoder().decode(parts[0]));
    for (String never : List.of("crit", "b64", "zip", "jku", "x5u")) {
      Holds.that(!header.has(never), "no " + never + " in the header");
    }
    Holds.that(
        Set.of("PS256", "ES256", "EdDSA", "Ed25519").contains(header.get("alg").asString()),
        "an algorithm of ours");
    kidOfAnother(compact).ifPresent(kid -> Holds.equal(kid, jws.kid(), "the kid"));
    Holds.that(!jws.toString().contains(parts[2]), "the signature stays out of texts");
    try {
      JsonTargets.same(
          jws.unverifiedClaims(), JACKSON.readTree(Base64.getUrlDecoder().decode(parts[1])));
    } catch (InvalidJwtException refused) {
      Holds.equal(refused.rule().value(), "SP-5.4.1-1.1", "the rule");
    }
  }

  /** As another library reads it; it also looks at keys in the header, which we do later. */
  private static Optional<Optional<String>> kidOfAnother(String compact) {
    try {
      return Optional.of(Optional.ofNullable(JWSObject.parse(compact).getHeader().getKeyID()));
    } catch (ParseException looksAtMore) {
      return Optional.empty();
    }
  }

  private static void sameKey(PublicJwk key, String text) throws Exception {
    Holds.equal(PublicJwk.parse(key.toJson()), key, "written and read again");
    Holds.equal(
        key.thumbprint().value(),
        JWK.parse(key.requiredMembers().toJson()).computeThumbprint().toString(),
        "the thumbprint as another computes it");
    Holds.equal(PublicJwk.parse(key.requiredMembers()).key(), key.key(), "the required members");
    for (String secret : List.of("d", "p", "q", "dp", "dq", "qi", "oth", "k")) {
      Holds.that(!JsonObject.parse(text).has(secret), "no private member is taken");
    }
    Holds.linear(key.toJson().toJson(), text);
  }

  private static void sameKeys(JwkSet set, String text) throws Exception {
    Holds.equal(JwkSet.parse(set.toJson()), set, "written and read again");
    Holds.linear(set.toJson().toJson(), text);
    Holds.that(set.keys().size() <= 32, "not too many");
    for (PublicJwk key : set.keys()) {
      List<X509Certificate> chain = key.certificates();
      Holds.that(chain.size() <= 10, "not too many certificates");
      if (!chain.isEmpty()) {
        Holds.equal(
            Base64.getEncoder().encodeToString(chain.getFirst().getPublicKey().getEncoded()),
            Base64.getEncoder().encodeToString(key.key().getEncoded()),
            "the first certificate is of the key");
      }
    }
  }

  /** The claims that are read everywhere. */
  private record Claims(
      Optional<String> iss, Optional<Instant> exp, Optional<Instant> nbf, List<String> aud) {}

  private static Claims claims(String text) throws Exception {
    JwtClaims claims = JwtClaims.of(JsonObject.parse(text), "DP-3");
    return new Claims(
        claims.string("iss"), claims.instant("exp"), claims.instant("nbf"), claims.audience());
  }

  private static void sameClaims(Claims claims, String text) {
    JsonNode theirs = JACKSON.readTree(text);
    Holds.equal(
        claims.iss(), Optional.ofNullable(theirs.get("iss")).map(JsonNode::asString), "iss");
    Holds.equal(claims.exp(), time(theirs, "exp"), "exp");
    Holds.equal(claims.nbf(), time(theirs, "nbf"), "nbf");
    JsonNode aud = theirs.get("aud");
    List<String> expected = aud == null ? List.of() : List.of(aud.asString(""));
    if (aud != null && aud.isArray()) {
      expected = aud.valueStream().map(JsonNode::asString).toList();
    }
    Holds.equal(claims.aud(), expected, "aud");
  }

  private static Optional<Instant> time(JsonNode claims, String name) {
    return Optional.ofNullable(claims.get(name))
        .map(seconds -> seconds.decimalValue().movePointRight(9).setScale(0, RoundingMode.FLOOR))
        .map(BigDecimal::toBigInteger)
        .map(nanos -> nanos.divideAndRemainder(BigInteger.TEN.pow(9)))
        .map(parts -> Instant.ofEpochSecond(parts[0].longValue(), parts[1].longValue()));
  }
}
