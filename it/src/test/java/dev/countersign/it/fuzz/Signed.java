package dev.countersign.it.fuzz;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import dev.countersign.protocol.jose.InvalidJwkException;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Signature;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes a JWS of an input, so that the fuzzer gets behind the signature: the first line is the
 * header, the rest the claims, whatever they are. The key is that of RFC 8037 appendix A.
 */
final class Signed {
  static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  /** That of the JDK where the fast one does not load. */
  private static final Optional<Provider> FAST =
      Optional.<Provider>of(AmazonCorrettoCryptoProvider.INSTANCE)
          .filter(_ -> AmazonCorrettoCryptoProvider.INSTANCE.getLoadingError() == null);

  static final Jose JOSE = FAST.map(Jose::with).orElseGet(Jose::jdk);
  static final String KID = "k1";

  private static final String SEED = "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A";
  static final PrivateKey PRIVATE_KEY = privateKey();
  private static final JsonMapper JACKSON = JsonMapper.builder().build();

  static final SigningKey KEY = signingKey();
  static final JwkSet KEYS = JwkSet.of(List.of(KEY.publicJwk()));

  private Signed() {}

  /** An input and its JWS: it is asked for more than once. */
  private record Last(String input, String compact) {}

  private static final AtomicReference<Last> LAST = new AtomicReference<>(new Last("", ""));

  /** The JWS of an input. */
  static String compact(String input) {
    Last last = LAST.get();
    if (!last.input().equals(input) || last.compact().isEmpty()) {
      last = new Last(input, sign(input));
      LAST.set(last);
    }
    return last.compact();
  }

  private static String sign(String input) {
    String signed = base64(header(input)) + "." + base64(payload(input));
    try {
      Signature signature =
          FAST.isPresent()
              ? Signature.getInstance("EdDSA", FAST.get())
              : Signature.getInstance("Ed25519");
      signature.initSign(PRIVATE_KEY);
      signature.update(signed.getBytes(StandardCharsets.US_ASCII));
      return signed
          + "."
          + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK has Ed25519", e);
    }
  }

  /** The header of an input, as Jackson reads it. */
  static JsonNode headerOf(String input) {
    return JACKSON.readTree(header(input));
  }

  /** The claims of an input, as Jackson reads them. */
  static JsonNode claimsOf(String input) {
    return JACKSON.readTree(payload(input));
  }

  /** The {@code typ} of an input in lower case, without {@code application/}; empty if none. */
  static String typeOf(String input) {
    String type = headerOf(input).path("typ").asString("").toLowerCase(Locale.ROOT);
    return type.startsWith("application/") ? type.substring("application/".length()) : type;
  }

  /** Whether a time of the claims is there and within these seconds from now, both included. */
  static boolean isWithin(JsonNode claims, String name, long from, long to) {
    return claims.has(name)
        && claims.get(name).isNumber()
        && claims.get(name).asDecimal().compareTo(seconds(from)) >= 0
        && claims.get(name).asDecimal().compareTo(seconds(to)) <= 0;
  }

  private static BigDecimal seconds(long fromNow) {
    return BigDecimal.valueOf(NOW.getEpochSecond() + fromNow);
  }

  private static String header(String input) {
    return input.substring(0, Math.max(input.indexOf('\n'), 0));
  }

  private static String payload(String input) {
    return input.substring(input.indexOf('\n') + 1);
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static PrivateKey privateKey() {
    try {
      return KeyFactory.getInstance("Ed25519")
          .generatePrivate(
              new EdECPrivateKeySpec(
                  NamedParameterSpec.ED25519, Base64.getUrlDecoder().decode(SEED)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK has Ed25519", e);
    }
  }

  private static SigningKey signingKey() {
    try {
      return SigningKey.fromPrivateJwk(
          JsonObject.parse(
              "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"kid\":\""
                  + KID
                  + "\",\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\",\"d\":\""
                  + SEED
                  + "\"}"));
    } catch (MalformedJsonException | InvalidJwkException e) {
      throw new IllegalStateException("the key of RFC 8037", e);
    }
  }
}
