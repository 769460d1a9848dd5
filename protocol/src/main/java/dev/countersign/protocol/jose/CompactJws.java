package dev.countersign.protocol.jose;

import dev.countersign.protocol.json.JsonLimits;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.requirement.Enforces;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * A JWS in compact form (RFC 7515 section 7.1) that was looked at strictly, before any library and
 * any key: its form and header are acceptable, its signature is not yet verified.
 *
 * <p>Refused: anything but three parts of canonical base64url; more than 16384 characters, unless
 * the caller says otherwise; a header that is not a strict JSON object of at most 4096 bytes; an
 * {@code alg} that is not ours; {@code crit}, {@code b64} and {@code zip}; {@code jku} and {@code
 * x5u}; a signature of impossible length. Other header parameters are ignored (RFC 7515 section 4).
 */
public final class CompactJws {

  private static final int MAX_LENGTH = 16_384;
  private static final int LONGEST = 16 * 1024 * 1024;
  private static final JsonLimits HEADER_LIMITS = JsonLimits.DEFAULT.withMaxBytes(4096);
  private static final String BCP = "SP-5.4.1-1.1";
  private static final String MEDIA_TYPE_PREFIX = "application/";

  private final String signingInput;
  private final byte[] payload;
  private final byte[] signature;
  private final JsonObject header;
  private final SignatureAlgorithm algorithm;
  private final Optional<String> kid;
  private final Optional<String> type;

  private CompactJws(String signingInput, byte[] payload, byte[] signature, JsonObject header)
      throws InvalidJwtException, MalformedJsonException {
    this.signingInput = signingInput;
    this.payload = payload;
    this.signature = signature;
    this.header = header;
    this.algorithm = JwsHeaderRules.algorithm(header);
    this.kid = header.string("kid");
    this.type = header.string("typ").map(CompactJws::normalType);
  }

  /**
   * Looks at {@code compact}; see the type for what is refused.
   *
   * @throws InvalidJwtException under SP-5.4.1-1.1, -1.2 or -1.3, or SP-5.4.2-2
   */
  @Enforces({"SP-5.4.1-1.1"})
  public static CompactJws parse(String compact) throws InvalidJwtException {
    return parse(compact, MAX_LENGTH);
  }

  /**
   * The same for a kind of JWT that is longer than others.
   *
   * @param maxLength the most characters, this number included; up to 16777216
   */
  public static CompactJws parse(String compact, int maxLength) throws InvalidJwtException {
    if (maxLength > LONGEST) {
      throw new IllegalArgumentException("CompactJws.maxLength must be at most " + LONGEST);
    }
    if (compact.length() > maxLength) {
      throw new InvalidJwtException(BCP, "JWS is longer than " + maxLength + " characters");
    }
    String[] parts = compact.split("\\.", -1);
    if (parts.length != 3) {
      throw new InvalidJwtException(BCP, "JWS has not three parts");
    }
    try {
      JsonObject header = JsonObject.parse(decode(parts[0]), HEADER_LIMITS);
      String signingInput = compact.substring(0, parts[0].length() + 1 + parts[1].length());
      CompactJws jws = new CompactJws(signingInput, decode(parts[1]), decode(parts[2]), header);
      return JwsHeaderRules.withPossibleSignature(jws);
    } catch (MalformedJsonException malformed) {
      throw new InvalidJwtException(BCP, "JWS header: " + malformed.reason());
    }
  }

  private static byte[] decode(String part) throws InvalidJwtException {
    try {
      return Base64Url.decode(part);
    } catch (IllegalArgumentException malformed) {
      throw new InvalidJwtException(BCP, "JWS part is " + malformed.getMessage());
    }
  }

  /** RFC 8725 section 3.11 and RFC 7515 section 4.1.9: no matter of case, prefix optional. */
  private static String normalType(String typ) {
    String lower = typ.toLowerCase(Locale.ROOT);
    return lower.startsWith(MEDIA_TYPE_PREFIX)
        ? lower.substring(MEDIA_TYPE_PREFIX.length())
        : lower;
  }

  /** The algorithm its header names. The caller compares it with what the key is for. */
  public SignatureAlgorithm algorithm() {
    return algorithm;
  }

  /** The {@code kid} of its header. */
  public Optional<String> kid() {
    return kid;
  }

  /** The {@code typ} of its header in lower case, without {@code application/}. */
  public Optional<String> type() {
    return type;
  }

  /** The header. */
  public JsonObject header() {
    return header;
  }

  /**
   * What the JWS says about itself, good only to find the key that must have signed it.
   *
   * @throws InvalidJwtException if the payload is not a strict JSON object
   */
  public JsonObject unverifiedClaims() throws InvalidJwtException {
    try {
      // Its size was bounded with the whole.
      int size = Math.max(payload.length, 1);
      return JsonObject.parse(payload, JsonLimits.DEFAULT.withMaxBytes(size));
    } catch (MalformedJsonException malformed) {
      throw new InvalidJwtException(BCP, "JWS payload: " + malformed.reason());
    }
  }

  byte[] signingInput() {
    return signingInput.getBytes(StandardCharsets.US_ASCII);
  }

  byte[] signature() {
    return signature;
  }

  /** The type's name and algorithm: the rest may be a token. */
  @Override
  public String toString() {
    return "CompactJws[" + algorithm + "]";
  }
}
