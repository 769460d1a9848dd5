package dev.countersign.attacker.recipe.resource;

import dev.countersign.attacker.play.Jwt;
import dev.countersign.protocol.json.JsonObject;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signatures by keys that must not be taken, made for real. */
final class OddKeys {
  private static final int SALT = 32;

  private OddKeys() {}

  /** A proof by a fresh RSA key of this length, which it brings: {@code PS256} or {@code RS256}. */
  static Jwt rsa(Jwt proof, String alg, int bits, SecureRandom random) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(bits, random);
      KeyPair pair = generator.generateKeyPair();
      RSAPublicKey half = (RSAPublicKey) pair.getPublic();
      JsonObject jwk =
          JsonObject.builder()
              .put("kty", "RSA")
              .put("n", number(half.getModulus()))
              .put("e", number(half.getPublicExponent()))
              .build();
      return proof.header("alg", alg).header("jwk", jwk).signedBy(input -> sign(alg, pair, input));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK has RSA", e);
    }
  }

  private static byte[] sign(String alg, KeyPair pair, byte[] input) {
    try {
      Signature signature =
          Signature.getInstance(alg.equals("PS256") ? "RSASSA-PSS" : "SHA256withRSA");
      if (alg.equals("PS256")) {
        signature.setParameter(
            new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, SALT, 1));
      }
      signature.initSign(pair.getPrivate());
      signature.update(input);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK signs by RSA", e);
    }
  }

  /** Signs by HMAC with this secret. */
  static Jwt.Signer hmac(byte[] secret) {
    return input -> {
      try {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret, "HmacSHA256"));
        return mac.doFinal(input);
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("the JDK has HMAC", e);
      }
    };
  }

  /** Bytes in base64url without padding. */
  static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static String number(BigInteger number) {
    byte[] bytes = number.toByteArray();
    return base64(bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
  }
}
