package dev.countersign.protocol.jose;

import com.nimbusds.jose.crypto.utils.ECChecks;
import com.nimbusds.jose.jwk.Curve;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.requirement.Enforces;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.KeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Set;

/**
 * Which public keys are strong and well-formed enough to be looked at (RFC 7518 section 6, RFC 8037
 * section 2). Each number has one spelling only, so that a key has one thumbprint only.
 */
final class KeyRules {

  /** Security Profile 5.4.1 item 2. */
  static final int MIN_RSA_BITS = 2048;

  /** Our choice: a longer modulus costs the verifier more than its owner gains. */
  static final int MAX_RSA_BITS = 8192;

  /** Our choice: 65537 is usual, and a long exponent is work for the verifier. */
  private static final int MAX_RSA_EXPONENT_BITS = 32;

  private static final int CURVE_BYTES = 32;
  private static final BigInteger THREE = BigInteger.valueOf(3);

  /** 2^255 - 19, the field of Ed25519. */
  private static final BigInteger ED_PRIME =
      BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));

  /** The y coordinate of two points of order eight; its negative is that of the other two. */
  private static final BigInteger ED_ORDER_EIGHT =
      new BigInteger("05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826", 16);

  /**
   * The y coordinates of all points of small order: under such a key one signature can be good for
   * many messages.
   */
  private static final Set<BigInteger> ED_SMALL_ORDER =
      Set.of(
          BigInteger.ZERO,
          BigInteger.ONE,
          ED_PRIME.subtract(BigInteger.ONE),
          ED_ORDER_EIGHT,
          ED_PRIME.subtract(ED_ORDER_EIGHT));

  private KeyRules() {}

  /** The key that these members describe. */
  static PublicKey publicKey(SignatureAlgorithm algorithm, JsonObject jwk)
      throws InvalidJwkException {
    return switch (algorithm) {
      case PS256 -> rsa(jwk);
      case ES256 -> p256(jwk);
      case EDDSA -> ed25519(jwk);
    };
  }

  @Enforces({"SP-5.4.1-2"})
  private static PublicKey rsa(JsonObject jwk) throws InvalidJwkException {
    BigInteger modulus = minimal(jwk, "n");
    BigInteger exponent = minimal(jwk, "e");
    if (modulus.bitLength() < MIN_RSA_BITS || modulus.bitLength() > MAX_RSA_BITS) {
      throw new InvalidJwkException(
          "SP-5.4.1-2", "RSA modulus has not " + MIN_RSA_BITS + " to " + MAX_RSA_BITS + " bits");
    }
    if (!modulus.testBit(0)
        || !exponent.testBit(0)
        || exponent.compareTo(THREE) < 0
        || exponent.bitLength() > MAX_RSA_EXPONENT_BITS) {
      throw new InvalidJwkException("SP-5.4.1-1.1", "RSA modulus or exponent is unsafe");
    }
    return key("RSA", new RSAPublicKeySpec(modulus, exponent));
  }

  @Enforces({"SP-5.4.1-3"})
  private static PublicKey p256(JsonObject jwk) throws InvalidJwkException {
    ECParameterSpec curve = Curve.P_256.toECParameterSpec();
    BigInteger prime = ((ECFieldFp) curve.getCurve().getField()).getP();
    BigInteger x = new BigInteger(1, bytes(jwk, "x", CURVE_BYTES));
    BigInteger y = new BigInteger(1, bytes(jwk, "y", CURVE_BYTES));
    if (x.compareTo(prime) >= 0
        || y.compareTo(prime) >= 0
        || !ECChecks.isPointOnCurve(x, y, curve)) {
      throw new InvalidJwkException("SP-5.4.1-1.1", "EC point is not on P-256");
    }
    return key("EC", new ECPublicKeySpec(new ECPoint(x, y), curve));
  }

  private static PublicKey ed25519(JsonObject jwk) throws InvalidJwkException {
    byte[] bigEndian = Unsigned.reversed(bytes(jwk, "x", CURVE_BYTES));
    boolean xIsOdd = (bigEndian[0] & 0x80) != 0;
    bigEndian[0] &= 0x7F;
    BigInteger y = new BigInteger(1, bigEndian);
    if (y.compareTo(ED_PRIME) >= 0 || ED_SMALL_ORDER.contains(y)) {
      throw new InvalidJwkException("SP-5.4.1-1.1", "Ed25519 point is unsafe");
    }
    return key(
        "Ed25519", new EdECPublicKeySpec(NamedParameterSpec.ED25519, new EdECPoint(xIsOdd, y)));
  }

  private static PublicKey key(String name, KeySpec spec) throws InvalidJwkException {
    try {
      return KeyFactory.getInstance(name).generatePublic(spec);
    } catch (GeneralSecurityException refused) {
      throw new InvalidJwkException("SP-5.4.1-1.1", name + " key is refused by the JDK");
    }
  }

  /** RFC 7518 section 2, Base64urlUInt: without leading zero bytes. */
  private static BigInteger minimal(JsonObject jwk, String member) throws InvalidJwkException {
    byte[] bytes = bytes(jwk, member);
    if (bytes.length == 0 || bytes[0] == 0) {
      throw new InvalidJwkException("SP-5.4.1-1.1", "JWK member " + member + " is not minimal");
    }
    return new BigInteger(1, bytes);
  }

  private static byte[] bytes(JsonObject jwk, String member, int length)
      throws InvalidJwkException {
    byte[] bytes = bytes(jwk, member);
    if (bytes.length != length) {
      throw new InvalidJwkException(
          "SP-5.4.1-1.1", "JWK member " + member + " has not " + length + " bytes");
    }
    return bytes;
  }

  /** The bytes of a base64url member that must be there. */
  static byte[] bytes(JsonObject jwk, String member) throws InvalidJwkException {
    try {
      String text =
          jwk.string(member)
              .orElseThrow(() -> new InvalidJwkException("SP-5.4.1-1.1", "JWK has no " + member));
      return Base64Url.decode(text);
    } catch (MalformedJsonException | IllegalArgumentException malformed) {
      throw new InvalidJwkException(
          "SP-5.4.1-1.1", "JWK member " + member + " is not canonical base64url");
    }
  }
}
