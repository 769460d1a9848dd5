package dev.countersign.protocol.accesstoken;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.countersign.protocol.fixture.Certificates;
import dev.countersign.protocol.jose.Thumbprint;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.mtls.CertificateThumbprint;
import dev.countersign.requirement.Requirement;
import org.junit.jupiter.api.Test;

class ConfirmationTest {
  private static final String JKT = "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs";
  private static final Confirmation KEY = new Confirmation.DpopKey(new Thumbprint(JKT));
  private static final Confirmation CERTIFICATE =
      new Confirmation.Certificate(new CertificateThumbprint(Certificates.CLIENT1_X5T));

  @Test
  @Requirement({"DP-9", "DP-5"})
  void bindsToAKey() throws MalformedJsonException {
    JsonObject claim = JsonObject.builder().put("jkt", JKT).build();
    assertThat(KEY.toJson()).isEqualTo(claim);
    assertThat(Confirmation.read(claim)).contains(KEY);
    assertThat(KEY.tokenType()).isEqualTo("DPoP");
  }

  @Test
  @Requirement({"MT-5", "MT-V"})
  void bindsToACertificate() throws MalformedJsonException {
    JsonObject claim = JsonObject.builder().put("x5t#S256", Certificates.CLIENT1_X5T).build();
    assertThat(CERTIFICATE.toJson()).isEqualTo(claim);
    assertThat(Confirmation.read(claim)).contains(CERTIFICATE);
    assertThat(CERTIFICATE.tokenType()).isEqualTo("Bearer");
  }

  @Test
  @Requirement({"SP-5.3.2.1-5", "IA-2.3.3"})
  void takesNeitherBothNorNone() throws MalformedJsonException {
    JsonObject both =
        JsonObject.builder().put("jkt", JKT).put("x5t#S256", Certificates.CLIENT1_X5T).build();
    assertThat(Confirmation.read(both)).isEmpty();
    assertThat(Confirmation.read(JsonObject.builder().build())).isEmpty();
    assertThat(Confirmation.read(JsonObject.builder().put("kid", JKT).build())).isEmpty();
  }

  @Test
  void refusesWhatIsNoThumbprint() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Confirmation.read(JsonObject.builder().put("x5t#S256", "x").build()));
    assertThatExceptionOfType(MalformedJsonException.class)
        .isThrownBy(() -> Confirmation.read(JsonObject.builder().put("jkt", 1).build()));
  }
}
