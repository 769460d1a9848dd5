package dev.countersign.resource.servlet;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.oauth.AccessToken;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** A DPoP proof in the making that a test may spoil. */
final class Proof {
  private final Map<String, Object> header = new LinkedHashMap<>();
  private final Map<String, Object> claims = new LinkedHashMap<>();
  private SigningKey signer = Issued.KEY;

  private Proof() {}

  /** A good one for a GET of a path below the context. */
  static Proof of(String path, AccessToken token) {
    Proof proof = new Proof();
    proof.header.put("typ", "dpop+jwt");
    proof.header.put("jwk", Issued.KEY.publicJwk().requiredMembers());
    proof.claims.put("jti", "a-new-one-each-time-" + Issued.RANDOM.nextLong());
    proof.claims.put("htm", "GET");
    proof.claims.put("htu", Issued.PUBLIC + "/bank" + path);
    proof.claims.put("iat", Issued.NOW.getEpochSecond());
    proof.claims.put("ath", ath(token));
    return proof;
  }

  /** With another claim or value. */
  Proof claim(String name, Object value) {
    claims.put(name, value);
    return this;
  }

  /** With another header member or value. */
  Proof header(String name, Object value) {
    header.put(name, value);
    return this;
  }

  /** Without this claim or header member. */
  Proof without(String name) {
    claims.remove(name);
    header.remove(name);
    return this;
  }

  /** Signed by another key than the one it names. */
  Proof signedBy(SigningKey other) {
    signer = other;
    return this;
  }

  /** The proof, signed as its key's algorithm wants it. */
  String signed() {
    return Issued.JOSE.sign(json(header), json(claims), signer);
  }

  /** The proof with this {@code alg} and signature, which need not fit. */
  String sealed(String signature) {
    return input() + "." + signature;
  }

  /** The proof, signed by a key that names itself and an algorithm that is none of ours. */
  String signedByRs256() throws GeneralSecurityException {
    KeyPair rsa = KeyPairGenerator.getInstance("RSA").generateKeyPair();
    RSAPublicKey half = (RSAPublicKey) rsa.getPublic();
    header.put("alg", "RS256");
    header.put(
        "jwk",
        JsonObject.builder()
            .put("kty", "RSA")
            .put("n", base64(unsigned(half.getModulus())))
            .put("e", base64(unsigned(half.getPublicExponent())))
            .build());
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initSign(rsa.getPrivate());
    signature.update(input().getBytes(US_ASCII));
    return sealed(base64(signature.sign()));
  }

  /** The members of the private key, none left out. */
  static JsonObject privateJwk() {
    return Issued.KEY.toPrivateJwk().only(Set.of("kty", "crv", "x", "y", "d"));
  }

  private String input() {
    return base64(json(header).toJson().getBytes(UTF_8))
        + "."
        + base64(json(claims).toJson().getBytes(UTF_8));
  }

  private static String ath(AccessToken token) {
    try {
      byte[] text = token.reveal().getBytes(US_ASCII);
      return base64(MessageDigest.getInstance("SHA-256").digest(text));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] unsigned(BigInteger number) {
    byte[] bytes = number.toByteArray();
    return bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static JsonObject json(Map<String, Object> members) {
    JsonObject.Builder json = JsonObject.builder();
    members.forEach(
        (name, value) -> {
          switch (value) {
            case String text -> json.put(name, text);
            case Long number -> json.put(name, number);
            case JsonObject object -> json.put(name, object);
            default -> throw new IllegalArgumentException(name);
          }
        });
    return json.build();
  }
}
