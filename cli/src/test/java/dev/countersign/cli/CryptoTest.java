package dev.countersign.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.countersign.protocol.jose.CompactJws;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.json.JsonObject;
import java.security.SecureRandom;
import java.security.Security;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CryptoTest {
  private static final Crypto WITHOUT_ACCP =
      new Crypto(() -> new Crypto.Trial(Optional.empty(), "it is not for this machine"));

  private final JsonObject empty = JsonObject.builder().build();

  @Test
  void takesTheJdkWhenAskedTo() throws Exception {
    assertThat(new Crypto().choose(CryptoChoice.JDK).providerName()).isEqualTo("JDK");
  }

  @Test
  void takesAccpWhereItWorks() throws Exception {
    assumeAccp();
    assertThat(new Crypto().choose(CryptoChoice.ACCP).providerName())
        .startsWith("AmazonCorrettoCryptoProvider");
    assertThat(new Crypto().choose(CryptoChoice.AUTO).providerName())
        .startsWith("AmazonCorrettoCryptoProvider");
  }

  @Test
  void takesTheJdkByItselfWhereAccpDoesNotWork() throws Exception {
    assertThat(WITHOUT_ACCP.choose(CryptoChoice.AUTO).providerName()).isEqualTo("JDK");
  }

  @Test
  void refusesToTakeAnotherThanTheOneAskedFor() {
    assertThatThrownBy(() -> WITHOUT_ACCP.choose(CryptoChoice.ACCP))
        .isInstanceOfSatisfying(
            CommandFailure.class, failure -> assertThat(failure.exitCode()).isEqualTo(69))
        .hasMessageContaining("it is not for this machine")
        .hasMessageContaining("--crypto=jdk");
  }

  @Test
  void installsNothingForTheWholeJvm() throws Exception {
    assumeAccp();
    new Crypto().choose(CryptoChoice.ACCP);
    assertThat(Arrays.stream(Security.getProviders()).map(provider -> provider.getName()))
        .doesNotContain("AmazonCorrettoCryptoProvider");
  }

  @ParameterizedTest
  @EnumSource(SignatureAlgorithm.class)
  void eitherVerifiesWhatTheOtherSigned(SignatureAlgorithm algorithm) throws Exception {
    assumeAccp();
    Jose accp = new Crypto().choose(CryptoChoice.ACCP);
    Jose jdk = new Crypto().choose(CryptoChoice.JDK);
    SigningKey key = accp.generate(algorithm, new SecureRandom());
    CompactJws byAccp = CompactJws.parse(accp.sign(empty, empty, key));
    CompactJws byJdk = CompactJws.parse(jdk.sign(empty, empty, key));
    assertThat(jdk.verify(byAccp, key.publicJwk()).claims()).isEqualTo(empty);
    assertThat(accp.verify(byJdk, key.publicJwk()).claims()).isEqualTo(empty);
  }

  private static void assumeAccp() {
    assumeTrue(System.getProperty("os.name").equals("Linux"));
    assumeTrue(System.getProperty("os.arch").equals("amd64"));
  }
}
