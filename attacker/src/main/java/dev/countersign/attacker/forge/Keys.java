package dev.countersign.attacker.forge;

import dev.countersign.attacker.play.Jwt;
import dev.countersign.protocol.jose.InvalidJwkException;
import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.RSAPrivateKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.jspecify.annotations.Nullable;

/** Signatures that no platform of ours would make, made for real. */
public final class Keys {
  private static final Provider CURVES = new BouncyCastleProvider();

  private Keys() {}

  /**
   * A key pair with what it signs.
   *
   * @param alg what the header calls it
   * @param jwk the public key
   * @param signer signs by it
   */
  public record Pair(String alg, JsonObject jwk, Jwt.Signer signer) {

    /** A JWT signed by it, which says so, under the {@code kid} that was there. */
    public Jwt sign(Jwt jwt) {
      return jwt.header("alg", alg).signedBy(signer);
    }

    /** The same, with the key in the header, as a DPoP proof has it. */
    public Jwt prove(Jwt jwt) {
      return sign(jwt.header("jwk", jwk));
    }
  }

  /** RSA with PKCS #1 v1.5 or PSS: {@code RS256}, {@code RS512}, {@code PS256} and so on. */
  public static Pair rsa(String alg, int bits, SecureRandom random) {
    KeyPair pair = pair("RSA", bits, random);
    return new Pair(alg, rsaJwk((RSAPublicKey) pair.getPublic()), rsa(alg, pair.getPrivate()));
  }

  /** ECDSA on secp256k1. */
  public static Pair es256k(SecureRandom random) {
    return ec("ES256K", "secp256k1", "SHA256withPLAIN-ECDSA", 32, random);
  }

  /** ECDSA on P-384 or P-521. */
  public static Pair es384(SecureRandom random) {
    return ec("ES384", "P-384", "SHA384withPLAIN-ECDSA", 48, random);
  }

  /** EdDSA on Ed448. */
  public static Pair ed448(SecureRandom random) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed448");
      generator.initialize(java.security.spec.NamedParameterSpec.ED448, random);
      KeyPair pair = generator.generateKeyPair();
      byte[] spki = pair.getPublic().getEncoded();
      JsonObject jwk =
          JsonObject.builder()
              .put("kty", "OKP")
              .put("crv", "Ed448")
              .put("x", base64(Arrays.copyOfRange(spki, spki.length - 57, spki.length)))
              .build();
      return new Pair("EdDSA", jwk, input -> sign("Ed448", null, null, pair.getPrivate(), input));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK has Ed448", e);
    }
  }

  /** HMAC with this secret. */
  public static Jwt.Signer hmac(byte[] secret) {
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

  /** A registered RSA key, put to an algorithm that it is not for. */
  public static Jwt.Signer registered(String alg, SigningKey key) {
    JsonObject jwk = key.toPrivateJwk();
    RSAPrivateKeySpec spec = new RSAPrivateKeySpec(number(jwk, "n"), number(jwk, "d"));
    try {
      return rsa(alg, KeyFactory.getInstance("RSA").generatePrivate(spec));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the key was accepted before", e);
    }
  }

  /** Whether it is an RSA key. */
  public static boolean isRsa(SigningKey key) {
    return key.algorithm() == SignatureAlgorithm.PS256;
  }

  /**
   * The key under a {@code kid} of one's own choice.
   *
   * @throws IOException if that is no {@code kid}
   */
  public static SigningKey named(SigningKey key, String kid) throws IOException {
    try {
      return SigningKey.fromPrivateJwk(
          key.toPrivateJwk().without("kid").toBuilder().put("kid", kid).build());
    } catch (InvalidJwkException e) {
      throw new IOException("the registered key id cannot be taken over", e);
    }
  }

  private static Jwt.Signer rsa(String alg, PrivateKey key) {
    String bits = alg.substring(2);
    if (alg.startsWith("RS")) {
      return input -> sign("SHA" + bits + "withRSA", null, null, key, input);
    }
    MGF1ParameterSpec mask = new MGF1ParameterSpec("SHA-" + bits);
    AlgorithmParameterSpec pss =
        new PSSParameterSpec("SHA-" + bits, "MGF1", mask, Integer.parseInt(bits) / 8, 1);
    return input -> sign("RSASSA-PSS", null, pss, key, input);
  }

  private static Pair ec(String alg, String crv, String name, int size, SecureRandom random) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", CURVES);
      generator.initialize(new ECGenParameterSpec(crv), random);
      KeyPair pair = generator.generateKeyPair();
      ECPublicKey key = (ECPublicKey) pair.getPublic();
      JsonObject jwk =
          JsonObject.builder()
              .put("kty", "EC")
              .put("crv", crv)
              .put("x", base64(fixed(key.getW().getAffineX(), size)))
              .put("y", base64(fixed(key.getW().getAffineY(), size)))
              .build();
      return new Pair(alg, jwk, input -> sign(name, CURVES, null, pair.getPrivate(), input));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the provider has this curve", e);
    }
  }

  private static byte[] sign(
      String name,
      @Nullable Provider provider,
      @Nullable AlgorithmParameterSpec parameters,
      PrivateKey key,
      byte[] input) {
    try {
      Signature signature =
          provider == null ? Signature.getInstance(name) : Signature.getInstance(name, provider);
      if (parameters != null) {
        signature.setParameter(parameters);
      }
      signature.initSign(key);
      signature.update(input);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot sign with " + name, e);
    }
  }

  private static KeyPair pair(String type, int bits, SecureRandom random) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(type);
      generator.initialize(bits, random);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK has " + type, e);
    }
  }

  private static JsonObject rsaJwk(RSAPublicKey key) {
    int size = (key.getModulus().bitLength() + 7) / 8;
    return JsonObject.builder()
        .put("kty", "RSA")
        .put("n", base64(fixed(key.getModulus(), size)))
        .put("e", base64(fixed(key.getPublicExponent(), 3)))
        .build();
  }

  private static BigInteger number(JsonObject jwk, String member) {
    try {
      Optional<String> text = jwk.string(member);
      return new BigInteger(1, Base64.getUrlDecoder().decode(text.orElseThrow()));
    } catch (MalformedJsonException e) {
      throw new IllegalStateException("the key was accepted before", e);
    }
  }

  /** A number in so many bytes. */
  public static byte[] fixed(BigInteger number, int size) {
    byte[] bytes = number.toByteArray();
    byte[] padded = new byte[size];
    int length = Math.min(bytes.length, size);
    System.arraycopy(bytes, bytes.length - length, padded, size - length, length);
    return padded;
  }

  /** Base64url without padding. */
  public static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
