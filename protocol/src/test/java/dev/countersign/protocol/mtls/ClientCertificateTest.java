package dev.countersign.protocol.mtls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.countersign.protocol.fixture.Certificates;
import dev.countersign.requirement.Requirement;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClientCertificateTest {
  private static final CertificateThumbprint VECTOR =
      new CertificateThumbprint(Certificates.CLIENT1_X5T);

  @Test
  @Requirement({"MT-V", "MT-5"})
  void hasTheThumbprintOfTheVector() {
    assertThat(CertificateThumbprint.of(Certificates.CLIENT1))
        .isEqualTo(VECTOR)
        .hasToString(Certificates.CLIENT1_X5T);
  }

  @Test
  void tellsThumbprintsApart() {
    CertificateThumbprint other = new CertificateThumbprint("A".repeat(43));
    assertThat(VECTOR.matches(new CertificateThumbprint(VECTOR.value()))).isTrue();
    assertThat(VECTOR.matches(other)).isFalse();
  }

  @Test
  void refusesWhatIsNoThumbprint() {
    assertThatIllegalArgumentException().isThrownBy(() -> new CertificateThumbprint("short"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CertificateThumbprint(VECTOR.value() + "="));
  }

  @Test
  void isThereIfTheCallerShowedOne() {
    assertThat(ClientCertificate.of(List.of())).isEmpty();
    assertThat(ClientCertificate.of(List.of(Certificates.CLIENT1)))
        .hasValueSatisfying(
            shown -> {
              assertThat(shown.certificate()).isEqualTo(Certificates.CLIENT1);
              assertThat(shown.chain()).containsExactly(Certificates.CLIENT1);
              assertThat(shown.thumbprint()).isEqualTo(VECTOR);
            });
  }
}
