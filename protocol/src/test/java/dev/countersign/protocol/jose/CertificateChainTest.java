package dev.countersign.protocol.jose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.requirement.Requirement;
import java.io.InputStream;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The {@code x5c} of keys that a client registers for self-signed certificates. */
class CertificateChainTest {

  /** A key of each kind with a certificate that it signed itself. */
  private static JsonObject jwk(String kind) throws Exception {
    try (InputStream in =
        CertificateChainTest.class.getResourceAsStream("keys-with-certificates.json")) {
      return JsonObject.parse(Objects.requireNonNull(in).readAllBytes()).object(kind).orElseThrow();
    }
  }

  private static String certificate(String kind) throws Exception {
    return jwk(kind).strings("x5c").orElseThrow().getFirst();
  }

  private static List<PublicJwk> read(JsonObject... keys) throws InvalidJwkException {
    return JwkSet.parse(JsonObject.builder().put("keys", List.of(keys)).build()).keys();
  }

  @ParameterizedTest
  @Requirement("MT-3")
  @ValueSource(strings = {"rsa", "p256", "ed25519"})
  void keepsTheCertificateOfAKey(String kind) throws Exception {
    List<X509Certificate> certificates = read(jwk(kind)).getFirst().certificates();

    assertThat(certificates)
        .extracting(certificate -> certificate.getSubjectX500Principal().getName())
        .containsExactly("CN=" + kind.replace("ed25519", "ed") + ".client.example");
  }

  @Test
  @Requirement("MT-3")
  void skipsAKeyWhoseFirstCertificateIsOfAnotherKey() throws Exception {
    String own = certificate("p256");
    String others = certificate("ed25519");

    assertThat(read(Keys.with(jwk("p256"), "x5c", List.of(own, others))).getFirst().certificates())
        .hasSize(2);
    assertThat(read(Keys.with(jwk("p256"), "x5c", List.of(others, own)))).isEmpty();
    assertThat(read(Keys.with(jwk("p256"), "x5c", List.of(others)))).isEmpty();
  }

  @Test
  @Requirement("MT-3")
  void skipsAKeyWhoseCertificatesCannotBeRead() throws Exception {
    String own = certificate("p256");
    List<Object> malformed =
        List.of(
            own,
            List.of(),
            List.of(""),
            List.of(own, "AAAA"),
            List.of("-----BEGIN CERTIFICATE-----"),
            List.of(own.replace('+', '-').replace('/', '_').replace("=", "") + "!"),
            List.of(own.substring(4)),
            Collections.nCopies(11, own));

    for (Object x5c : malformed) {
      assertThat(read(Keys.with(jwk("p256"), "x5c", x5c))).as(x5c.toString()).isEmpty();
    }
    assertThat(read(Keys.with(jwk("p256"), "x5c", Collections.nCopies(10, own)))).hasSize(1);
  }

  @Test
  void servesTheCertificatesAgain() throws Exception {
    PublicJwk key = read(jwk("p256")).getFirst();

    assertThat(read(key.toJson())).containsExactly(key);
    assertThat(key.toJson().strings("x5c")).contains(List.of(certificate("p256")));
    assertThat(key).isNotEqualTo(read(Keys.without(jwk("p256"), "x5c")).getFirst());
  }

  /** The key of a proof comes from anybody, and its certificates would only be work. */
  @Test
  void looksAtNoCertificateOfAKeyThatIsInNoSet() throws Exception {
    assertThat(PublicJwk.parse(jwk("p256")).certificates()).isEmpty();
    assertThat(PublicJwk.parse(Keys.with(jwk("p256"), "x5c", List.of("AAAA"))).certificates())
        .isEmpty();
  }
}
