package dev.countersign.protocol.jose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.requirement.Requirement;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Values that the specifications print, or that were computed from their keys. */
class RfcVectorsTest {

  private static final String RFC_9449_HEADER =
      "eyJ0eXAiOiJkcG9wK2p3dCIsImFsZyI6IkVTMjU2IiwiandrIjp7Imt0eSI6IkVDIiwieCI6Imw4dEZyaHgtMzR0"
          + "VjNoUklDUkRZOXpDa0RscEJoRjQyVVFVZldWQVdCRnMiLCJ5IjoiOVZFNGpmX09rX282NHpiVFRsY3VOSmFq"
          + "SG10NnY5VERWclUwQ2R2R1JEQSIsImNydiI6IlAtMjU2In19";

  private static final String TOKEN_REQUEST_PROOF =
      RFC_9449_HEADER
          + ".eyJqdGkiOiItQndDM0VTYzZhY2MybFRjIiwiaHRtIjoiUE9TVCIsImh0dSI6Imh0dHBzOi8vc2VydmVyLmV4"
          + "YW1wbGUuY29tL3Rva2VuIiwiaWF0IjoxNTYyMjYyNjE2fQ"
          + ".2-GxA6T8lP4vfrg8v-FdWP0A0zdrj8igiMLvqRMUvwnQg4PtFLbdLXiOSsX0x7NVY-FNyJK70nfbV37xRZT3Lg";

  private static final String RESOURCE_PROOF =
      RFC_9449_HEADER
          + ".eyJqdGkiOiJlMWozVl9iS2ljOC1MQUVCIiwiaHRtIjoiR0VUIiwiaHR1IjoiaHR0cHM6Ly9yZXNvdXJjZS5l"
          + "eGFtcGxlLm9yZy9wcm90ZWN0ZWRyZXNvdXJjZSIsImlhdCI6MTU2MjI2MjYxOCwiYXRoIjoiZlVIeU8ycjJa"
          + "M0RaNTNFc05yV0JiMHhXWG9hTnk1OUlpS0NBcWtzbVFFbyJ9"
          + ".2oW9RP35yRqzhrtNP86L-Ey71EOptxRimPPToA1plemAgR6pxHF8y6-yqyVnmcw6Fy1dqd-jfxSYoMxhAJpLjA";

  private static final String CLIENT_ASSERTION =
      "eyJhbGciOiJFZERTQSIsImtpZCI6ImMxIiwidHlwIjoiY2xpZW50LWF1dGhlbnRpY2F0aW9uK2p3dCJ9"
          + ".eyJpc3MiOiJjbGllbnQxIiwic3ViIjoiY2xpZW50MSIsImF1ZCI6Imh0dHBzOi8vYXMuZXhhbXBsZS5jb20i"
          + "LCJqdGkiOiJhMSIsImlhdCI6MTc1MDAwMDAwMCwiZXhwIjoxNzUwMDAwMDYwfQ"
          + ".rTMMNF4AbGYVlR-Zp7rfEEiyUDLxvYYhopls1Hljkd7IN1OzQ-SBOoL3BAHVjAE0_WrIzP6VXjXT9hDMoNKJAQ";

  @Test
  @Requirement({"DP-9"})
  void thumbprintOfRfc7638Section31() throws Exception {
    JsonObject rsa = Keys.without(Keys.json(Keys.RFC_7638_RSA), "alg");

    assertThat(PublicJwk.parse(rsa).thumbprint())
        .hasToString("NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs");
  }

  @Test
  @Requirement({"DP-9"})
  void thumbprintOfRfc8037AppendixA3() throws Exception {
    assertThat(SigningKey.fromPrivateJwk(Keys.json(Keys.RFC_8037_A1)).thumbprint())
        .hasToString("kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
  }

  @Test
  @Requirement({"DP-9"})
  void thumbprintsOfTheTestKeysOfRfc9421() throws Exception {
    assertThat(SigningKey.fromPrivateJwk(Keys.json(Keys.TEST_KEY_ECC_P256)).thumbprint())
        .hasToString("ydQXMtvbsOsZyFir-Y7A8t7fKEM1gbKPvyFkdpu4fvI");
    assertThat(SigningKey.fromPrivateJwk(Keys.json(Keys.TEST_KEY_ED25519)).thumbprint())
        .hasToString("poqkLGiymh_W0uP6PZFw-dvez3QJT5SolqXBCW38r0U");
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  @Requirement({"SP-5.4.1-1.2"})
  void signatureOfRfc8037AppendixA4(Backend backend) throws Exception {
    SigningKey key = SigningKey.fromPrivateJwk(Keys.json(Keys.RFC_8037_A1));
    String jws =
        "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc"
            + ".hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg";

    assertThat(Forgery.sign("{\"alg\":\"EdDSA\"}", "Example of Ed25519 signing", key))
        .isEqualTo(jws);
    assertThat(backend.jose().isSignedBy(CompactJws.parse(jws), key.publicJwk())).isTrue();
    assertThatThrownBy(() -> backend.jose().verify(CompactJws.parse(jws), key.publicJwk()))
        .hasMessageContaining("JSON is not well-formed");
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  @Requirement({"DP-9", "DP-4"})
  void proofsOfRfc9449Sections5And7(Backend backend) throws Exception {
    for (String proof : new String[] {TOKEN_REQUEST_PROOF, RESOURCE_PROOF}) {
      CompactJws jws = CompactJws.parse(proof);
      PublicJwk key = PublicJwk.parse(jws.header().object("jwk").orElseThrow());

      assertThat(key.thumbprint()).hasToString("0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I");
      assertThat(jws.type()).contains("dpop+jwt");
      assertThat(backend.jose().verify(jws, key).claims().has("jti")).isTrue();
    }
  }

  @Test
  @Requirement({"DP-3"})
  void tokenHashOfRfc9449Section7() throws Exception {
    String token = "Kz~8mXK1EalYznwH-LC-1fBAo.4Ljp~zsPE_NeO.gxU";
    byte[] hash =
        MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.US_ASCII));
    CompactJws jws = CompactJws.parse(RESOURCE_PROOF);
    PublicJwk key = PublicJwk.parse(jws.header().object("jwk").orElseThrow());

    assertThat(Jose.jdk().verify(jws, key).claims().string("ath"))
        .contains(Base64Url.encode(hash))
        .contains("fUHyO2r2Z3DZ53EsNrWBb0xWXoaNy59IiKCAqksmQEo");
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  @Requirement({"CA-V", "SP-5.4.1-1.2"})
  void clientAssertionOfTheEd25519KeyOfRfc8037(Backend backend) throws Exception {
    SigningKey key = SigningKey.fromPrivateJwk(Keys.with(Keys.json(Keys.RFC_8037_A1), "kid", "c1"));
    JsonObject header = JsonObject.builder().put("typ", "client-authentication+jwt").build();
    JsonObject claims =
        JsonObject.builder()
            .put("iss", "client1")
            .put("sub", "client1")
            .put("aud", "https://as.example.com")
            .put("jti", "a1")
            .put("iat", 1750000000L)
            .put("exp", 1750000060L)
            .build();
    Jose jose = backend.jose();

    assertThat(jose.sign(header, claims, key)).isEqualTo(CLIENT_ASSERTION);
    assertThat(jose.verify(CompactJws.parse(CLIENT_ASSERTION), key.publicJwk()).claims())
        .isEqualTo(claims);
  }
}
