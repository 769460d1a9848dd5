package dev.countersign.protocol.jose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.requirement.Requirement;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompactJwsTest {

  private static final String HEADER = "{\"alg\":\"ES256\",\"kid\":\"k1\",\"typ\":\"JWT\"}";
  private static final String GOOD = Forgery.unsigned(HEADER, "{\"iss\":\"a\"}");

  @Test
  void readsHeaderAndUnverifiedClaims() throws InvalidJwtException {
    CompactJws jws = CompactJws.parse(GOOD);

    assertThat(jws.algorithm()).isEqualTo(SignatureAlgorithm.ES256);
    assertThat(jws.kid()).contains("k1");
    assertThat(jws.type()).contains("jwt");
    assertThat(jws.unverifiedClaims().names()).containsExactly("iss");
    assertThat(jws).hasToString("CompactJws[ES256]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "a", "a.b", "a.b.c.d", "a.b.c.d.e"})
  @Requirement({"SP-5.4.1-1.1"})
  void refusesAnythingButThreeParts(String compact) {
    assertRefused(compact, "SP-5.4.1-1.1");
  }

  @Test
  @Requirement({"SP-5.4.1-1.1"})
  void refusesBase64ThatADecoderWouldForgive() {
    String[] parts = GOOD.split("\\.", -1);
    for (int i = 0; i < 3; i++) {
      for (String bad :
          new String[] {
            parts[i] + "=",
            parts[i] + "==",
            parts[i] + "\n",
            " " + parts[i],
            parts[i] + "%",
            parts[i].substring(0, 4) + "+" + parts[i].substring(5),
            parts[i].substring(0, 4) + "/" + parts[i].substring(5),
            parts[i].substring(0, 4) + "ä" + parts[i].substring(5),
            parts[i] + "A".repeat(1 + (4 - parts[i].length() % 4) % 4), // an impossible length
          }) {
        String[] changed = parts.clone();
        changed[i] = bad;
        assertRefused(String.join(".", changed), "SP-5.4.1-1.1");
      }
    }
  }

  @Test
  @Requirement({"SP-5.4.1-1.1"})
  void refusesBitsBehindTheLastByte() throws InvalidJwtException {
    // 64 bytes are 86 characters; the last one carries two bits of the signature only.
    String last = GOOD.substring(GOOD.length() - 1);
    assertThat(last).isEqualTo("A");
    CompactJws.parse(GOOD);

    for (String alias : new String[] {"B", "P"}) {
      assertRefused(GOOD.substring(0, GOOD.length() - 1) + alias, "SP-5.4.1-1.1");
    }
  }

  @Test
  @Requirement({"SP-5.4.1-1.1"})
  void refusesMoreThan16384Characters() throws InvalidJwtException {
    String prefix = GOOD.substring(0, GOOD.indexOf('.') + 1);
    String suffix = GOOD.substring(GOOD.lastIndexOf('.'));
    int room = 16_384 - prefix.length() - suffix.length();
    int most = room % 4 == 1 ? room - 1 : room;
    String payload = "A".repeat(most);

    CompactJws.parse(prefix + payload + suffix);
    assertRefused(prefix + "A".repeat(most + 4) + suffix, "SP-5.4.1-1.1");
  }

  @Test
  @Requirement({"SP-5.4.1-1.1"})
  void refusesAHeaderOfMoreThan4096Bytes() throws InvalidJwtException {
    String start = "{\"alg\":\"ES256\",\"x\":\"";
    String end = "\"}";
    int room = 4096 - start.length() - end.length();

    CompactJws.parse(Forgery.unsigned(start + "x".repeat(room) + end, "{}"));
    assertRefused(Forgery.unsigned(start + "x".repeat(room + 1) + end, "{}"), "SP-5.4.1-1.1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "\"ES256\"",
        "{\"alg\":\"ES256\",\"alg\":\"ES256\"}",
        "{\"alg\":\"ES256\"}x",
        "{\"alg\":\"ES256\"",
        "{}",
        "{\"alg\":[\"ES256\"]}",
        "{\"alg\":null}",
        "{\"ALG\":\"ES256\"}",
        "{\"alg\":\"ES256\",\"kid\":1}",
        "{\"alg\":\"ES256\",\"typ\":{}}",
      })
  @Requirement({"SP-5.4.1-1.1"})
  void refusesAHeaderThatIsNotWellFormed(String header) {
    assertRefused(Forgery.unsigned(header, "{}"), "SP-5.4.1-1.1");
  }

  @Test
  void namesAnAlgorithmThatIsNoneInOneLine() {
    String jws = Forgery.unsigned("{\"alg\":\"Ed\\u007f\\nrule=OA-1\"}", "{}");
    assertThatThrownBy(() -> CompactJws.parse(jws))
        .hasMessage("SP-5.4.1-1.2: JWS alg is Ed??rule=OA-1, expected PS256, ES256 or EdDSA");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PS256", "ES256", "EdDSA", "Ed25519"})
  @Requirement({"SP-5.4.1-1.2"})
  void acceptsTheAlgorithmsOfTheProfile(String alg) throws InvalidJwtException {
    byte[] signature = new byte[alg.equals("PS256") ? 256 : 64];
    Arrays.fill(signature, (byte) 1);
    String jws = Forgery.part("{\"alg\":\"" + alg + "\"}") + ".e30." + Base64Url.encode(signature);

    assertThat(CompactJws.parse(jws).algorithm())
        .isEqualTo(SignatureAlgorithm.ofJoseName(alg).orElseThrow());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "RS256", "RS384", "RS512", "PS384", "PS512", "ES384", "ES512", "ES256K", "HS256", "HS512",
        "Ed448", "ESP256", "ps256", "es256", "EDDSA", "eddsa", "ES256 ", "", "RSA-OAEP", "dir"
      })
  @Requirement({"SP-5.4.1-1.2"})
  void refusesEveryOtherAlgorithm(String alg) {
    assertRefused(Forgery.unsigned("{\"alg\":\"" + alg + "\"}", "{}"), "SP-5.4.1-1.2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "None", "NONE", "nOnE"})
  @Requirement({"SP-5.4.1-1.3"})
  void refusesNoneWithOrWithoutASignature(String alg) {
    String header = "{\"alg\":\"" + alg + "\"}";

    assertRefused(Forgery.unsigned(header, "{}"), "SP-5.4.1-1.3");
    assertRefused(Forgery.part(header) + ".e30.", "SP-5.4.1-1.3");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"crit\":[\"exp\"]",
        "\"crit\":[]",
        "\"crit\":null",
        "\"b64\":false",
        "\"b64\":true",
        "\"zip\":\"DEF\"",
        "\"enc\":\"A256GCM\""
      })
  @Requirement({"SP-5.4.1-1.1"})
  void refusesExtensionsCompressionAndWhatMakesItEncrypted(String member) {
    assertRefused(Forgery.unsigned("{\"alg\":\"ES256\"," + member + "}", "{}"), "SP-5.4.1-1.1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"jku", "x5u"})
  @Requirement({"SP-5.4.2-2"})
  void refusesAUrlThatKeysCouldBeFetchedFrom(String name) {
    String header = "{\"alg\":\"ES256\",\"" + name + "\":\"https://evil.example/keys\"}";

    assertRefused(Forgery.unsigned(header, "{}"), "SP-5.4.2-2");
  }

  @Test
  void ignoresOtherHeaderParameters() throws InvalidJwtException {
    String header = "{\"alg\":\"ES256\",\"cty\":\"x\",\"custom\":{\"a\":[1]},\"x5c\":[\"x\"]}";

    assertThat(CompactJws.parse(Forgery.unsigned(header, "{}")).header().names()).hasSize(4);
  }

  @ParameterizedTest
  @CsvSource({
    "dpop+jwt, dpop+jwt",
    "DPOP+JWT, dpop+jwt",
    "application/dpop+jwt, dpop+jwt",
    "APPLICATION/At+Jwt, at+jwt",
    "application/application/at+jwt, application/at+jwt",
    "text/at+jwt, text/at+jwt",
  })
  @Requirement({"SP-5.4.1-1.1", "AT-4"})
  void comparesTypWithoutCaseAndMediaTypePrefix(String typ, String type)
      throws InvalidJwtException {
    String header = "{\"alg\":\"ES256\",\"typ\":\"" + typ + "\"}";

    assertThat(CompactJws.parse(Forgery.unsigned(header, "{}")).type()).contains(type);
  }

  @ParameterizedTest
  @CsvSource({
    "PS256, 256, true",
    "PS256, 384, true",
    "PS256, 1024, true",
    "PS256, 255, false",
    "PS256, 1025, false",
    "PS256, 64, false",
    "ES256, 64, true",
    "ES256, 63, false",
    "ES256, 65, false",
    "ES256, 70, false",
    "ES256, 0, false",
    "EdDSA, 64, true",
    "EdDSA, 63, false",
    "EdDSA, 128, false",
  })
  @Requirement({"SP-5.4.1-1.1"})
  void refusesASignatureOfAnImpossibleLength(String alg, int length, boolean possible)
      throws InvalidJwtException {
    byte[] signature = new byte[length];
    Arrays.fill(signature, (byte) 1);
    String jws = Forgery.part("{\"alg\":\"" + alg + "\"}") + ".e30." + Base64Url.encode(signature);

    if (possible) {
      assertThat(CompactJws.parse(jws).signature()).hasSize(length);
    } else {
      assertRefused(jws, "SP-5.4.1-1.1");
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 0, false", "1, 0, false", "0, 1, false", "1, 1, true"})
  @Requirement({"SP-5.4.1-1.1"})
  void refusesAnEcSignatureWithZeroForROrS(int r, int s, boolean possible)
      throws InvalidJwtException {
    byte[] signature = new byte[64];
    signature[31] = (byte) r;
    signature[63] = (byte) s;
    String jws = Forgery.part("{\"alg\":\"ES256\"}") + ".e30." + Base64Url.encode(signature);

    if (possible) {
      CompactJws.parse(jws);
    } else {
      assertRefused(jws, "SP-5.4.1-1.1");
    }
  }

  @Test
  @Requirement({"SP-5.4.1-1.1"})
  void refusesClaimsThatAreNoStrictJson() throws InvalidJwtException {
    CompactJws jws = CompactJws.parse(Forgery.unsigned(HEADER, "{\"iss\":\"a\",\"iss\":\"b\"}"));

    assertThatThrownBy(jws::unverifiedClaims)
        .isInstanceOf(InvalidJwtException.class)
        .hasMessage("SP-5.4.1-1.1: JWS payload: JSON names a member twice");
  }

  private static void assertRefused(String compact, String rule) {
    assertThatThrownBy(() -> CompactJws.parse(compact))
        .isInstanceOfSatisfying(
            InvalidJwtException.class,
            refused -> assertThat(refused.rule().value()).isEqualTo(rule));
  }
}
