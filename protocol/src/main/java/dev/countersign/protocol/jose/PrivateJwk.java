package dev.countersign.protocol.jose;

import com.nimbusds.jose.jwk.Curve;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.KeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.util.List;

/** Between private keys of the JDK and the members of a private JWK (RFC 7518 section 6). */
final class PrivateJwk {

  private static final int CURVE_BYTES = 32;

  private PrivateJwk() {}

  static String keyFactoryName(SignatureAlgorithm algorithm) {
    return switch (algorithm) {
      case PS256 -> "RSA";
      case ES256 -> "EC";
      case EDDSA -> "Ed25519";
    };
  }

  /** The JWK less the members of an ordinary private key; stranger ones stay and are refused. */
  static JsonObject withoutPrivateMembers(JsonObject jwk) throws InvalidJwkException {
    try {
      JsonObject.Builder rest = JsonObject.builder();
      for (String name : List.of("kty", "crv", "n", "e", "x", "y", "kid", "use", "alg")) {
        rest.put(name, jwk.string(name));
      }
      if (jwk.has("oth") || jwk.has("k")) {
        throw new InvalidJwkException("SP-5.4.1-1.1", "JWK has more than two primes, or k");
      }
      return rest.build();
    } catch (MalformedJsonException malformed) {
      throw new InvalidJwkException("SP-5.4.1-1.1", "JWK: " + malformed.reason());
    }
  }

  static JsonObject forPublication(PublicJwk key, String kid) {
    return key.requiredMembers().toBuilder()
        .put("use", "sig")
        .put("alg", key.algorithm().joseName())
        .put("kid", kid)
        .build();
  }

  static PrivateKey privateKey(SignatureAlgorithm algorithm, JsonObject jwk)
      throws InvalidJwkException {
    KeySpec spec =
        switch (algorithm) {
          case PS256 -> rsa(jwk);
          case ES256 -> new ECPrivateKeySpec(p256Scalar(jwk), Curve.P_256.toECParameterSpec());
          case EDDSA -> new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed(jwk));
        };
    try {
      return KeyFactory.getInstance(keyFactoryName(algorithm)).generatePrivate(spec);
    } catch (GeneralSecurityException refused) {
      throw new InvalidJwkException("SP-5.4.1-1.1", "private key is refused by the JDK");
    }
  }

  private static RSAPrivateCrtKeySpec rsa(JsonObject jwk) throws InvalidJwkException {
    RSAPrivateCrtKeySpec key =
        new RSAPrivateCrtKeySpec(
            number(jwk, "n"),
            number(jwk, "e"),
            number(jwk, "d"),
            number(jwk, "p"),
            number(jwk, "q"),
            number(jwk, "dp"),
            number(jwk, "dq"),
            number(jwk, "qi"));
    if (!agree(key)) {
      throw new InvalidJwkException("SP-5.4.1-1.1", "the numbers of the RSA key do not agree");
    }
    return key;
  }

  /** RFC 8017 section 3.2: a signature by the primes does not show that d is right as well. */
  private static boolean agree(RSAPrivateCrtKeySpec key) {
    BigInteger p = key.getPrimeP();
    BigInteger q = key.getPrimeQ();
    if (p.compareTo(BigInteger.TWO) <= 0 || q.compareTo(BigInteger.TWO) <= 0) {
      return false;
    }
    BigInteger pLessOne = p.subtract(BigInteger.ONE);
    BigInteger qLessOne = q.subtract(BigInteger.ONE);
    BigInteger product = key.getPrivateExponent().multiply(key.getPublicExponent());
    return p.multiply(q).equals(key.getModulus())
        && product.mod(pLessOne).equals(BigInteger.ONE)
        && product.mod(qLessOne).equals(BigInteger.ONE)
        && key.getPrivateExponent().mod(pLessOne).equals(key.getPrimeExponentP())
        && key.getPrivateExponent().mod(qLessOne).equals(key.getPrimeExponentQ())
        && key.getCrtCoefficient().multiply(q).mod(p).equals(BigInteger.ONE);
  }

  private static BigInteger number(JsonObject jwk, String member) throws InvalidJwkException {
    return new BigInteger(1, KeyRules.bytes(jwk, member));
  }

  private static BigInteger p256Scalar(JsonObject jwk) throws InvalidJwkException {
    BigInteger scalar = new BigInteger(1, seed(jwk));
    BigInteger order = Curve.P_256.toECParameterSpec().getOrder();
    if (scalar.signum() == 0 || scalar.compareTo(order) >= 0) {
      throw new InvalidJwkException("SP-5.4.1-1.1", "JWK member d is out of range");
    }
    return scalar;
  }

  private static byte[] seed(JsonObject jwk) throws InvalidJwkException {
    byte[] bytes = KeyRules.bytes(jwk, "d");
    if (bytes.length != CURVE_BYTES) {
      throw new InvalidJwkException("SP-5.4.1-1.1", "JWK member d has not 32 bytes");
    }
    return bytes;
  }

  static JsonObject publicMembers(SignatureAlgorithm algorithm, PublicKey key)
      throws InvalidKeyException {
    JsonObject.Builder jwk = JsonObject.builder();
    switch (key) {
      case RSAPublicKey rsa ->
          jwk.put("kty", "RSA")
              .put("n", minimal(rsa.getModulus()))
              .put("e", minimal(rsa.getPublicExponent()));
      case ECPublicKey ec ->
          jwk.put("kty", "EC")
              .put("crv", "P-256")
              .put("x", fixed(ec.getW().getAffineX()))
              .put("y", fixed(ec.getW().getAffineY()));
      case EdECPublicKey ed -> jwk.put("kty", "OKP").put("crv", "Ed25519").put("x", point(ed));
      default -> throw new InvalidKeyException("Not a key for " + algorithm);
    }
    return jwk.build();
  }

  static JsonObject toJson(PublicJwk publicJwk, PrivateKey key) {
    JsonObject.Builder jwk = publicJwk.toJson().toBuilder();
    switch (key) {
      case RSAPrivateCrtKey rsa ->
          jwk.put("d", minimal(rsa.getPrivateExponent()))
              .put("p", minimal(rsa.getPrimeP()))
              .put("q", minimal(rsa.getPrimeQ()))
              .put("dp", minimal(rsa.getPrimeExponentP()))
              .put("dq", minimal(rsa.getPrimeExponentQ()))
              .put("qi", minimal(rsa.getCrtCoefficient()));
      case ECPrivateKey ec -> jwk.put("d", fixed(ec.getS()));
      case EdECPrivateKey ed ->
          jwk.put(
              "d",
              Base64Url.encode(
                  ed.getBytes()
                      .orElseThrow(() -> new IllegalStateException("Key cannot be exported"))));
      default -> throw new IllegalStateException("Key cannot be exported");
    }
    return jwk.build();
  }

  private static String minimal(BigInteger number) {
    return Base64Url.encode(Unsigned.minimal(number));
  }

  private static String fixed(BigInteger number) {
    return Base64Url.encode(Unsigned.fixed(number, CURVE_BYTES));
  }

  /** RFC 8032 section 5.1.2: y in little-endian, the lowest bit of x in its highest bit. */
  private static String point(EdECPublicKey key) {
    byte[] bytes = Unsigned.reversed(Unsigned.fixed(key.getPoint().getY(), CURVE_BYTES));
    if (key.getPoint().isXOdd()) {
      bytes[CURVE_BYTES - 1] |= (byte) 0x80;
    }
    return Base64Url.encode(bytes);
  }
}
