package dev.countersign.protocol.jar;

import static dev.countersign.protocol.fixture.Jwts.JOSE;
import static dev.countersign.protocol.jar.RequestObjects.CLIENT;
import static dev.countersign.protocol.jar.RequestObjects.ISSUER;
import static dev.countersign.protocol.jar.RequestObjects.KEYS;
import static dev.countersign.protocol.jar.RequestObjects.NOW;
import static dev.countersign.protocol.jar.RequestObjects.SECONDS;
import static dev.countersign.protocol.jar.RequestObjects.claims;
import static dev.countersign.protocol.jar.RequestObjects.refuses;
import static dev.countersign.protocol.jar.RequestObjects.signed;
import static dev.countersign.protocol.jar.RequestObjects.verify;
import static dev.countersign.protocol.jar.RequestObjects.without;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.fixture.Refusals;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.requirement.Requirement;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the claims about the object itself must say. */
class ObjectClaimsTest {
  private static final long HOUR = 3600;

  private static Map<String, Object> times(Object nbf, Object exp) {
    Map<String, Object> claims = claims("nbf", nbf);
    claims.put("exp", exp);
    return claims;
  }

  private static BigDecimal plus(String seconds) {
    return new BigDecimal(seconds).add(BigDecimal.valueOf(SECONDS));
  }

  private static VerifiedRequestObject verifyAt(String object, Instant now) {
    return RequestObject.read(object).verify(JOSE, KEYS, Optional.empty(), CLIENT, ISSUER, now);
  }

  @ParameterizedTest
  @CsvSource({"aud, MS-5.3.1-2", "nbf, MS-5.3.1-3", "exp, MS-5.3.1-4", "client_id, JAR-2"})
  @Requirement({"MS-5.3.1-2", "MS-5.3.1-3", "MS-5.3.1-4", "JAR-2", "S-03"})
  void refusesAnObjectWithoutARequiredClaim(String claim, String rule) {
    Refusal.OAuth refusal = refuses(without(claim), rule);
    assertThat(refusal.description()).startsWith(claim + " of the request object ");
  }

  @ParameterizedTest
  @CsvSource({
    "iss, JAR-2",
    "sub, JAR-3",
    "aud, MS-5.3.1-2",
    "nbf, MS-5.3.1-3",
    "exp, MS-5.3.1-4",
    "iat, SP-5.3.2.1-13",
    "jti, JAR-11",
    "client_id, JAR-2"
  })
  @Requirement({"JAR-1", "JAR-2"})
  void refusesAClaimOfAnotherType(String claim, String rule) {
    for (Object value : List.of(true, List.of(1))) {
      assertThat(refuses(claims(claim, value), rule).description())
          .isEqualTo(claim + " of the request object is missing or malformed");
    }
  }

  @Test
  @Requirement({"JAR-2", "PAR-11", "ATT-60", "S-04"})
  void refusesTheClientIdOrIssuerOfAnotherClient() {
    refuses(claims("client_id", "client2"), "JAR-2");
    refuses(claims("client_id", ""), "JAR-2");
    refuses(claims("iss", "client2"), "JAR-2");
    refuses(claims("iss", ""), "JAR-2");
    assertThat(verify(without("iss")).parameters().value("client_id")).contains("client1");
  }

  @Test
  @Requirement({"JAR-2", "PAR-11", "ATT-60"})
  void refusesTheObjectOfAnotherClientWithTheSameKey() {
    RequestObject object = RequestObject.read(signed(claims()));
    Refusals.of(
        () -> object.verify(JOSE, KEYS, Optional.empty(), new ClientId("client2"), ISSUER, NOW),
        OAuthError.INVALID_REQUEST_OBJECT,
        "JAR-2");
  }

  @Test
  @Requirement({"JAR-3", "J-13"})
  void refusesASubjectThatIsTheClient() {
    refuses(claims("sub", "client1"), "JAR-3");
    assertThat(verify(claims("sub", "u-anna")).parameters().has("sub")).isFalse();
  }

  @Test
  @Requirement({"MS-5.3.1-2", "S-03"})
  void takesTheIssuerAsAudienceAloneOrAmongOthers() {
    assertThat(verify(claims()).parameters().value("state")).contains("s");
    assertThat(verify(claims("aud", List.of(ISSUER.value()))).jti()).isEmpty();
    assertThat(verify(claims("aud", List.of("https://x.example", ISSUER.value()))).jti()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://as.example.com/",
        "https://as.example.com/par",
        "https://AS.example.com",
        "https://other.example.com",
        "client1",
        ""
      })
  @Requirement({"MS-5.3.1-2", "S-03"})
  void refusesAnyAudienceButTheIssuer(String audience) {
    refuses(claims("aud", audience), "MS-5.3.1-2");
    refuses(claims("aud", List.of(audience)), "MS-5.3.1-2");
    refuses(claims("aud", List.of()), "MS-5.3.1-2");
    Refusals.of(
        () ->
            RequestObject.read(signed(claims()))
                .verify(
                    JOSE,
                    KEYS,
                    Optional.empty(),
                    CLIENT,
                    new Issuer("https://as2.example.com"),
                    NOW),
        OAuthError.INVALID_REQUEST_OBJECT,
        "MS-5.3.1-2");
  }

  @Test
  @Requirement({"MS-5.3.1-3", "S-03", "ATT-60"})
  void takesANotBeforeOf60MinutesAgoAndNotOneMoment() {
    // Then only the last moment of the longest lifetime is left.
    String object = signed(times(SECONDS - HOUR, plus("-0.000000001")));
    assertThat(verifyAt(object, NOW.minusNanos(2)).exp()).isEqualTo(NOW.minusNanos(1));
    refuses(times(plus("-3600.000000001"), SECONDS - 1), "MS-5.3.1-3");
    refuses(times(SECONDS - HOUR - 1, SECONDS + 60), "MS-5.3.1-3");
    refuses(times(SECONDS - 70 * 60, SECONDS + 60), "MS-5.3.1-3");
    // At 60 minutes exactly it is not too old; the longest lifetime is over with it.
    refuses(times(SECONDS - HOUR, SECONDS), "MS-5.3.1-4");
  }

  @Test
  @Requirement({"MS-5.3.1-4", "S-03"})
  void takesAnExpiryOf60MinutesAfterNotBeforeAndNotOneMoment() {
    assertThat(verify(times(SECONDS, SECONDS + HOUR)).exp()).isEqualTo(NOW.plusSeconds(HOUR));
    refuses(times(SECONDS, plus("3600.000000001")), "MS-5.3.1-4");
    refuses(times(SECONDS, SECONDS + HOUR + 1), "MS-5.3.1-4");
    refuses(times(SECONDS - 600, SECONDS - 600 + 70 * 60), "MS-5.3.1-4");
    assertThat(verify(times(SECONDS + 8, SECONDS + 8 + HOUR)).exp())
        .isEqualTo(NOW.plusSeconds(HOUR + 8));
  }

  @Test
  @Requirement({"MS-5.3.1-4", "ATT-60"})
  void refusesAnObjectFromTheMomentOfItsExpiry() {
    String object = signed(claims());
    assertThat(verifyAt(object, NOW.plusSeconds(60).minusNanos(1)).exp())
        .isEqualTo(NOW.plusSeconds(60));
    Refusals.of(
        () -> verifyAt(object, NOW.plusSeconds(60)),
        OAuthError.INVALID_REQUEST_OBJECT,
        "MS-5.3.1-4");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nbf", "iat"})
  @Requirement({"SP-5.3.2.1-13", "MS-5.3.1-3"})
  void takesClocksUpTo30SecondsAheadAndNoMore(String claim) {
    for (long ahead : new long[] {0, 8, 10, 30}) {
      assertThat(verify(claims(claim, SECONDS + ahead)).exp()).isEqualTo(NOW.plusSeconds(60));
    }
    refuses(claims(claim, plus("30.000000001")), "SP-5.3.2.1-13");
    refuses(claims(claim, SECONDS + 31), "SP-5.3.2.1-13");
    refuses(claims(claim, SECONDS + 61), "SP-5.3.2.1-13");
  }

  @Test
  @Requirement({"MS-5.3.1-3", "MS-5.3.1-4", "JAR-1"})
  void readsTimesThatAreFractionsOrHaveAnExponent() {
    assertThat(verify(times(plus("-0.5"), plus("0.25"))).exp()).isEqualTo(NOW.plusMillis(250));
    assertThat(verify(times(new BigDecimal("1.75E+9"), SECONDS + 1)).exp())
        .isEqualTo(NOW.plusSeconds(1));
  }

  @ParameterizedTest
  @CsvSource({"nbf, MS-5.3.1-3", "exp, MS-5.3.1-4"})
  @Requirement({"MS-5.3.1-3", "MS-5.3.1-4"})
  void refusesTimesOutOfRange(String claim, String rule) {
    refuses(claims(claim, -1), rule);
    refuses(claims(claim, new BigInteger("9".repeat(40))), rule);
    refuses(claims(claim, new BigDecimal("1E+400")), rule);
    refuses(claims(claim, Long.toString(SECONDS)), rule);
  }

  @Test
  @Requirement({"JAR-11"})
  void givesTheJtiIfThereIsOneAndRefusesAMalformedOne() {
    assertThat(verify(claims("jti", "j1")).jti().orElseThrow().value()).isEqualTo("j1");
    assertThat(verify(claims()).jti()).isEmpty();
    refuses(claims("jti", ""), "JAR-11");
    refuses(claims("jti", "x".repeat(257)), "JAR-11");
    refuses(claims("jti", "a\nb"), "JAR-11");
  }

  @ParameterizedTest
  @ValueSource(strings = {"request", "request_uri"})
  @Requirement({"JAR-3", "PAR-3", "S-04"})
  void refusesAnObjectThatPointsToAnother(String name) {
    refuses(claims(name, "urn:ietf:params:oauth:request_uri:1"), "JAR-3");
    refuses(claims(name, ""), "JAR-3");
    refuses(claims(name, false), "JAR-3");
    refuses(claims(name, signed(claims())), "JAR-3");
  }
}
