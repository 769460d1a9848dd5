package dev.countersign.protocol.introspection;

import dev.countersign.protocol.http.Headers;
import dev.countersign.protocol.jose.CompactJws;
import dev.countersign.protocol.jose.InvalidJwtException;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.jose.JwtClaims;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.jose.TimeRules;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.requirement.Enforces;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * An answer as a signed JWT (RFC 9701), for a resource server that must be able to show later what
 * it was told. It bears neither {@code sub} nor {@code exp} of its own and another {@code typ} than
 * an access token, so that it can never pass as one.
 */
public final class IntrospectionJwt {

  /** What a resource server names in {@code Accept} to get it, and its {@code Content-Type}. */
  public static final String MEDIA_TYPE = "application/token-introspection+jwt";

  /** How old an answer may be when it comes: our choice, long enough for a slow connection. */
  public static final Duration LONGEST = Duration.ofSeconds(60);

  /**
   * The longest answer that is taken, in characters: our choice, above all that a server of ours
   * signs. A grant may have 32 KiB of authorization details, which are 43 KiB in base64url.
   */
  public static final int MAX_LENGTH = 64 * 1024;

  private static final String TYPE = "token-introspection+jwt";

  private IntrospectionJwt() {}

  /**
   * Whether a request asks for this form: some {@code Accept} field names it, and not with a
   * quality of zero. A wildcard asks for JSON.
   */
  @Enforces({"IN-3", "9701-1"})
  public static boolean isAskedFor(Headers headers) {
    return headers.all("Accept").stream()
        .flatMap(field -> Arrays.stream(field.split(",", -1)))
        .map(range -> range.toLowerCase(Locale.ROOT).split(";", -1))
        .map(range -> Arrays.stream(range).map(String::strip).toList())
        .filter(range -> range.getFirst().equals(MEDIA_TYPE))
        .anyMatch(range -> range.stream().noneMatch(part -> part.matches("q=0(\\.0*)?")));
  }

  /**
   * The answer, signed; the algorithm is the key's.
   *
   * @param audience the resource server that asked, as it is registered
   */
  @Enforces({"IN-3", "MS-5.5.1-1", "9701-3", "9701-4", "9701-6"})
  public static String sign(
      Jose jose,
      SigningKey key,
      Issuer issuer,
      ClientId audience,
      IntrospectionResponse answer,
      Instant now) {
    JsonObject claims =
        JsonObject.builder()
            .put("iss", issuer.value())
            .put("aud", audience.value())
            .put("iat", now.getEpochSecond())
            .put("token_introspection", answer.toJson())
            .build();
    return jose.sign(JsonObject.builder().put("typ", TYPE).build(), claims, key);
  }

  /**
   * An answer that is not verified yet, to find its key by.
   *
   * @throws InvalidJwtException if it is none, or longer than {@link #MAX_LENGTH}
   */
  public static CompactJws parse(String answer) throws InvalidJwtException {
    return CompactJws.parse(answer, MAX_LENGTH);
  }

  /**
   * The answer in a JWT that the issuer signed for this resource server a moment ago.
   *
   * @param self what the resource server is registered as
   * @param now by this server's clock
   * @throws InvalidJwtException if type, signature, issuer, audience or time are not right
   * @throws MalformedJsonException if there is no answer in it
   */
  @Enforces({"IN-3", "MS-5.5.2-2", "9701-3", "9701-4"})
  public static IntrospectionResponse verify(
      Jose jose, CompactJws jwt, JwkSet keys, Issuer issuer, ClientId self, Instant now)
      throws InvalidJwtException, MalformedJsonException {
    if (!jwt.type().equals(Optional.of(TYPE))) {
      throw wrong("typ is not " + TYPE);
    }
    JsonObject json = jose.verify(jwt, keys).claims();
    JwtClaims claims = JwtClaims.of(json, "IN-3");
    if (!claims.requiredString("iss").equals(issuer.value())) {
      throw wrong("iss is not the expected issuer");
    }
    if (!claims.audience().contains(self.value())) {
      throw wrong("aud does not name this resource server");
    }
    Instant iat = claims.requiredInstant("iat");
    if (TimeRules.isFromTheFuture(iat, now) || TimeRules.isExpired(iat.plus(LONGEST), now)) {
      throw wrong("iat is not now");
    }
    return IntrospectionResponse.read(
        json.object("token_introspection")
            .orElseThrow(() -> new MalformedJsonException("token_introspection is missing")));
  }

  private static InvalidJwtException wrong(String reason) {
    return new InvalidJwtException("IN-3", reason);
  }
}
