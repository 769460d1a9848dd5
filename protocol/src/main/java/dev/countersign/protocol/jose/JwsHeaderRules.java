package dev.countersign.protocol.jose;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.requirement.Enforces;
import java.util.Arrays;

/** What the header of a JWS may say, and what length its signature may have. */
final class JwsHeaderRules {

  private static final String BCP = "SP-5.4.1-1.1";

  /** 64 bytes: r and s on P-256, or R and S on Ed25519 (RFC 7518 section 3.4, RFC 8037). */
  private static final int CURVE_SIGNATURE = 64;

  private JwsHeaderRules() {}

  /** The algorithm, once everything in the header that we never accept is ruled out. */
  @Enforces({"SP-5.4.1-1.2", "SP-5.4.1-1.3", "SP-5.4.2-2"})
  static SignatureAlgorithm algorithm(JsonObject header)
      throws InvalidJwtException, MalformedJsonException {
    // By enc it would be a JWE (RFC 7516 section 9), whatever else it looks like.
    for (String name : new String[] {"crit", "b64", "zip", "enc"}) {
      if (header.has(name)) {
        throw new InvalidJwtException(BCP, "JWS header has " + name);
      }
    }
    for (String name : new String[] {"jku", "x5u"}) {
      if (header.has(name)) {
        throw new InvalidJwtException("SP-5.4.2-2", "JWS header has " + name);
      }
    }
    String alg =
        header
            .string("alg")
            .orElseThrow(() -> new InvalidJwtException(BCP, "JWS header has no alg"));
    if (alg.equalsIgnoreCase("none")) {
      throw new InvalidJwtException("SP-5.4.1-1.3", "JWS is not signed");
    }
    return SignatureAlgorithm.ofJoseName(alg)
        .orElseThrow(
            () ->
                new InvalidJwtException(
                    "SP-5.4.1-1.2", Refusal.mismatch("JWS alg", alg, "PS256, ES256 or EdDSA")));
  }

  /** Gives {@code jws} back if its signature has a length, and numbers, that its alg can make. */
  static CompactJws withPossibleSignature(CompactJws jws) throws InvalidJwtException {
    if (!isPossible(jws.algorithm(), jws.signature())) {
      throw new InvalidJwtException(BCP, "JWS signature is impossible for its alg");
    }
    return jws;
  }

  /** Whether a signature has a length, and numbers, that the algorithm can make. */
  static boolean isPossible(SignatureAlgorithm algorithm, byte[] signature) {
    return switch (algorithm) {
      case PS256 ->
          signature.length >= KeyRules.MIN_RSA_BITS / 8
              && signature.length <= KeyRules.MAX_RSA_BITS / 8;
      case ES256 ->
          signature.length == CURVE_SIGNATURE
              && !isZero(signature, 0, CURVE_SIGNATURE / 2)
              && !isZero(signature, CURVE_SIGNATURE / 2, CURVE_SIGNATURE);
      case EDDSA -> signature.length == CURVE_SIGNATURE;
    };
  }

  private static boolean isZero(byte[] bytes, int from, int to) {
    byte[] part = Arrays.copyOfRange(bytes, from, to);
    return Arrays.equals(part, new byte[to - from]);
  }
}
