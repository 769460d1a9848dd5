package dev.countersign.protocol.jar;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.countersign.protocol.jose.InvalidJwkException;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.jose.PublicJwk;
import dev.countersign.protocol.json.JsonObject;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** Truly signs what our own code would not write, by an Ed25519 key that is called {@code raw}. */
final class RawSigner {
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private final KeyPair keys;

  RawSigner() throws GeneralSecurityException {
    this.keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
  }

  JwkSet jwks() throws InvalidJwkException {
    byte[] encoded = keys.getPublic().getEncoded();
    JsonObject jwk =
        JsonObject.builder()
            .put("kty", "OKP")
            .put("crv", "Ed25519")
            .put("kid", "raw")
            .put(
                "x",
                BASE64.encodeToString(
                    Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length)))
            .build();
    return JwkSet.of(List.of(PublicJwk.parse(jwk)));
  }

  String sign(String header, String payload) throws GeneralSecurityException {
    return sign(header, payload.getBytes(UTF_8));
  }

  String sign(String header, byte[] payload) throws GeneralSecurityException {
    String input =
        BASE64.encodeToString(header.getBytes(UTF_8)) + "." + BASE64.encodeToString(payload);
    Signature signature = Signature.getInstance("Ed25519");
    signature.initSign(keys.getPrivate());
    signature.update(input.getBytes(US_ASCII));
    return input + "." + BASE64.encodeToString(signature.sign());
  }
}
