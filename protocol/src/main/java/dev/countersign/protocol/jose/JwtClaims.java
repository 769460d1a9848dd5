package dev.countersign.protocol.jose;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.requirement.RequirementId;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Reads the registered claims of a JWT (RFC 7519 section 4.1) out of its JSON. A claim of the wrong
 * type is refused under the rule this reader was made for.
 */
public final class JwtClaims {

  /** 9999-12-31T23:59:59Z, the last second that RFC 3339 can write. */
  private static final BigDecimal LAST_SECOND = BigDecimal.valueOf(253_402_300_799L);

  private final JsonObject json;
  private final RequirementId rule;

  private JwtClaims(JsonObject json, RequirementId rule) {
    this.json = json;
    this.rule = rule;
  }

  /** Reads {@code claims}; what is wrong is refused under the requirement id {@code rule}. */
  public static JwtClaims of(JsonObject claims, String rule) {
    return new JwtClaims(claims, RequirementId.of(rule));
  }

  /** The claims as they are. */
  public JsonObject json() {
    return json;
  }

  /** A string claim. */
  public Optional<String> string(String name) throws InvalidJwtException {
    try {
      return json.string(name);
    } catch (MalformedJsonException wrongType) {
      throw new InvalidJwtException(rule, wrongType.reason());
    }
  }

  /** A string claim that must be there and not be empty. */
  public String requiredString(String name) throws InvalidJwtException {
    return string(name).filter(value -> !value.isEmpty()).orElseThrow(() -> missing(name));
  }

  /**
   * A NumericDate: seconds since 1970, 0 to the end of the year 9999. A fraction is allowed (RFC
   * 7519 section 2) and kept to the nanosecond, rounded down.
   */
  public Optional<Instant> instant(String name) throws InvalidJwtException {
    try {
      Optional<BigDecimal> seconds = json.number(name);
      if (seconds.isPresent()
          && (seconds.get().signum() < 0 || seconds.get().compareTo(LAST_SECOND) > 0)) {
        throw new InvalidJwtException(rule, "claim " + name + " is out of range");
      }
      return seconds.map(JwtClaims::instant);
    } catch (MalformedJsonException wrongType) {
      throw new InvalidJwtException(rule, wrongType.reason());
    }
  }

  /** A NumericDate that must be there. */
  public Instant requiredInstant(String name) throws InvalidJwtException {
    return instant(name).orElseThrow(() -> missing(name));
  }

  /** The {@code aud}: one string or an array of strings; empty if there is none. */
  public List<String> audience() throws InvalidJwtException {
    try {
      if (json.isString("aud")) {
        return json.string("aud").stream().toList();
      }
      return json.strings("aud").orElse(List.of());
    } catch (MalformedJsonException wrongType) {
      throw new InvalidJwtException(rule, wrongType.reason());
    }
  }

  private static Instant instant(BigDecimal seconds) {
    BigDecimal whole = seconds.setScale(0, RoundingMode.FLOOR);
    BigDecimal nanos = seconds.subtract(whole).movePointRight(9).setScale(0, RoundingMode.FLOOR);
    return Instant.ofEpochSecond(whole.longValueExact(), nanos.longValueExact());
  }

  private InvalidJwtException missing(String name) {
    return new InvalidJwtException(rule, "claim " + name + " is missing");
  }
}
