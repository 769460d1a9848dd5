package dev.countersign.attacker.play;

import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.UnaryOperator;

/**
 * A JWT to be made, right or wrong: every part of it can be changed before it is signed, and by
 * whom. Never changes itself.
 *
 * @param header the header's JSON
 * @param claims the claims' JSON
 * @param signer what makes the signature of header and claims
 */
public record Jwt(String header, String claims, Signer signer) {

  /** Makes a signature. */
  @FunctionalInterface
  public interface Signer {
    /** The signature of these bytes. */
    byte[] sign(byte[] input);
  }

  /** Signed by a key, as it should be, with its {@code kid}. */
  public static Jwt of(Jose jose, SigningKey key, JsonObject extraHeader, JsonObject claims) {
    JsonObject.Builder header = JsonObject.builder().put("alg", key.algorithm().joseName());
    if (!extraHeader.has("jwk")) {
      header.put("kid", key.kid());
    }
    return new Jwt(
        header.putAll(extraHeader).build().toJson(),
        claims.toJson(),
        input -> jose.sign(input, key));
  }

  /** With another value of a claim, of any type that JSON has. */
  public Jwt with(String claim, Object value) {
    return claims(set(object(claims), claim, value));
  }

  /** Without a claim. */
  public Jwt without(String claim) {
    return claims(object(claims).without(claim));
  }

  /** With other claims. */
  public Jwt claims(JsonObject others) {
    return rawClaims(others.toJson());
  }

  /** With other claims, which need not be JSON. */
  public Jwt rawClaims(String others) {
    return new Jwt(header, others, signer);
  }

  /** With another value in the header. */
  public Jwt header(String name, Object value) {
    return rawHeader(set(object(header), name, value).toJson());
  }

  /** Without a member of the header. */
  public Jwt withoutHeader(String name) {
    return rawHeader(object(header).without(name).toJson());
  }

  /** With another header, which need not be JSON. */
  public Jwt rawHeader(String other) {
    return new Jwt(other, claims, signer);
  }

  /** Signed by somebody else; the header stays. */
  public Jwt signedBy(Signer other) {
    return new Jwt(header, claims, other);
  }

  /** Signed by another key; {@code alg} is that of the key and {@code kid} stays. */
  public Jwt signedBy(Jose jose, SigningKey other) {
    return header("alg", other.algorithm().joseName()).signedBy(input -> jose.sign(input, other));
  }

  /** With a change of the signature after it was made. */
  public Jwt signature(UnaryOperator<byte[]> change) {
    Signer before = signer;
    return signedBy(input -> change.apply(before.sign(input)));
  }

  /** The claims as an object. */
  public JsonObject claimsObject() {
    return object(claims);
  }

  /** The compact form. */
  public String compact() {
    String input = encode(header) + "." + encode(claims);
    byte[] signature = signer.sign(input.getBytes(StandardCharsets.US_ASCII));
    return input + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
  }

  private static String encode(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static JsonObject set(JsonObject object, String name, Object value) {
    return object.without(name).toBuilder().putValue(name, value).build();
  }

  private static JsonObject object(String json) {
    try {
      return JsonObject.parse(json);
    } catch (dev.countersign.protocol.json.MalformedJsonException e) {
      throw new IllegalStateException("a part that was made no JSON cannot be changed further", e);
    }
  }

  /** Nothing of it. */
  @Override
  public String toString() {
    return "Jwt";
  }
}
