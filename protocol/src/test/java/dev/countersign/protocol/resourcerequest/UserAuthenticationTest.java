package dev.countersign.protocol.resourcerequest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.countersign.requirement.Requirement;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserAuthenticationTest {

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a\"b", "a\\b", "\u00e4", "a\n"})
  @Requirement("SU-1")
  void refusesAnAcrThatNoChallengeCanSay(String acr) {
    assertThatIllegalArgumentException().isThrownBy(() -> UserAuthentication.oneOf("pwd", acr));
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT-1S", "PT0.5S", "PT1.5S"})
  @Requirement("SU-1")
  void refusesAnAgeThatNoChallengeCanSayOrNoLoginMeet(Duration age) {
    assertThatIllegalArgumentException().isThrownBy(() -> UserAuthentication.within(age));
    assertThat(UserAuthentication.within(Duration.ofSeconds(1)).maxAge()).isPresent();
  }

  @Test
  void takesAUrnAsAcr() {
    assertThat(UserAuthentication.oneOf("urn:mace:incommon:iap:silver").acrValues()).hasSize(1);
  }
}
