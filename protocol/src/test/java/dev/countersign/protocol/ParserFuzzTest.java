package dev.countersign.protocol;

import static org.assertj.core.api.Assertions.assertThatCode;

import dev.countersign.protocol.http.Challenge;
import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.jose.CompactJws;
import dev.countersign.protocol.jose.InvalidJwkException;
import dev.countersign.protocol.jose.InvalidJwtException;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.jose.JwtClaims;
import dev.countersign.protocol.jose.PublicJwk;
import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.oauth.RedirectUri;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.protocol.refusal.RefusalException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * Whatever comes in, a reader gives back a value or its own refusal, and nothing else ever. Broken
 * input is made from good input by a few random changes, from the same seed each time.
 */
class ParserFuzzTest {

  private static final int RUNS = 20_000;
  private static final String SPICE = "{}[]\",:\\u0d8e+-.eE%&=# ~\u0000\n\u007f\u00e4";

  @Test
  void jsonIsReadOrRefused() {
    String good =
        "{\"a\":\"\\ud83d\\ude00\\n\",\"n\":-1.5e10,\"i\":9223372036854775807,\"t\":[true,null],"
            + "\"o\":{\"a\":{\"b\":[{}]}},\"exp\":1750000000.25,\"aud\":[\"x\"]}";
    fuzz(
        good,
        text -> {
          try {
            JsonObject json = JsonObject.parse(text.getBytes(StandardCharsets.ISO_8859_1));
            JsonObject.parse(json.toBytes());
            JwtClaims claims = JwtClaims.of(json, "CA-2");
            claims.instant("exp");
            claims.audience();
          } catch (MalformedJsonException | InvalidJwtException refused) {
            // The reader's own refusal.
          }
        });
  }

  @Test
  void formsAreReadOrRefused() {
    fuzz(
        "response_type=code&scope=a+b&state=%C3%A4%E2%82%AC&resource=urn:a&resource=urn:b&x=",
        text -> {
          try {
            Form form = Form.parseBody(text.getBytes(StandardCharsets.UTF_8));
            Form.parseQuery(form.encode());
            form.value("scope").ifPresent(Scope::parse);
            form.values("resource").forEach(ResourceIndicator::parse);
          } catch (RefusalException refused) {
            // The reader's own refusal.
          }
        });
  }

  @Test
  void challengesAreReadOrIgnored() {
    fuzz(
        "Bearer, DPoP error=\"use_dpop_nonce\", algs=\"ES256 \\\"x\\\"\", Negotiate YWJj==",
        text -> Challenge.parse(List.of(text)).forEach(Challenge::toHeader));
  }

  @Test
  void redirectUrisAreReadOrRefused() {
    RedirectUri registered = new RedirectUri("http://127.0.0.1/cb?a=1");
    fuzz(
        "http://127.0.0.1:51004/cb?a=1",
        text -> {
          try {
            RedirectUri.parse(text).matches(registered);
          } catch (RefusalException refused) {
            // The reader's own refusal.
          }
        });
  }

  @Test
  void signedTokensAreVerifiedOrRefused() {
    Jose jose = Jose.jdk();
    SigningKey key = jose.generate(SignatureAlgorithm.EDDSA, new SecureRandom());
    JsonObject claims = JsonObject.builder().put("iss", "a").put("exp", 1750000000L).build();
    String good = jose.sign(JsonObject.builder().put("typ", "JWT").build(), claims, key);
    fuzz(
        good,
        text -> {
          try {
            CompactJws.parse(text).unverifiedClaims();
          } catch (InvalidJwtException refused) {
            // The reader's own refusal.
          }
        });
  }

  @Test
  void keysAreReadOrRefused() {
    String good =
        "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"qIVYZVLCrPZHGHjP17CTW0_-D9Lfw0EkjqF7xB4FivA\","
            + "\"y\":\"Mc4nN9LTDOBhfoUeg8Ye9WedFRhnZXZJA12Qp0zZ6F0\",\"use\":\"sig\"}";
    fuzz(
        good,
        text -> {
          try {
            PublicJwk.parse(JsonObject.parse(text)).thumbprint();
            SigningKey.fromPrivateJwk(JsonObject.parse(text));
          } catch (MalformedJsonException | InvalidJwkException refused) {
            // The reader's own refusal.
          }
        });
  }

  private static void fuzz(String good, Consumer<String> reader) {
    SplittableRandom random = new SplittableRandom(20_260_101);
    for (int run = 0; run < RUNS; run++) {
      String input = changed(good, random);
      assertThatCode(() -> reader.accept(input)).as("input %s", input).doesNotThrowAnyException();
    }
  }

  private static String changed(String good, SplittableRandom random) {
    StringBuilder text = new StringBuilder(good);
    for (int changes = random.nextInt(1, 5); changes > 0 && !text.isEmpty(); changes--) {
      int at = random.nextInt(text.length());
      switch (random.nextInt(5)) {
        case 0 -> text.deleteCharAt(at);
        case 1 -> text.insert(at, SPICE.charAt(random.nextInt(SPICE.length())));
        case 2 -> text.setCharAt(at, (char) random.nextInt(256));
        case 3 -> text.insert(at, text.substring(0, random.nextInt(text.length())));
        default -> text.setLength(at);
      }
    }
    return text.toString();
  }
}
