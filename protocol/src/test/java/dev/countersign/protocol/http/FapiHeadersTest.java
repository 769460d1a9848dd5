package dev.countersign.protocol.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.protocol.refusal.RefusalException;
import dev.countersign.requirement.Requirement;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FapiHeadersTest {

  private static final UUID FRESH = UUID.fromString("00000000-0000-4000-8000-000000000000");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "c770aef3-6784-41f7-8e0e-ff5f97bddb3a",
        "C770AEF3-6784-41F7-8E0E-FF5F97BDDB3A",
      })
  @Requirement({"IA-2.2.1-2"})
  void echoesAUuidAsItCame(String sent) {
    assertThat(interactionId(sent)).isEqualTo(sent);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1-1-1-1-1",
        "c770aef3-6784-41f7-8e0e-ff5f97bddb3",
        "c770aef3-6784-41f7-8e0e-ff5f97bddb3aa",
        "c770aef3678441f78e0eff5f97bddb3a",
        "c770aef3-6784-41f7-8e0e-ff5f97bddb3g",
        " c770aef3-6784-41f7-8e0e-ff5f97bddb3a",
        "c770aef3-6784-41f7-8e0e-ff5f97bddb3a\r\nSet-Cookie: a=b",
        "c770aef3-6784-41f7-8e0e-ff5f97bddb3a\n",
        "${jndi:ldap://evil.example/a}",
        "٠٠٠٠٠٠٠٠-6784-41f7-8e0e-ff5f97bddb3a",
      })
  @Requirement({"IA-2.2.1-2"})
  void replacesAnythingElseByAFreshUuid(String sent) {
    assertThat(interactionId(sent)).isEqualTo(FRESH.toString());
  }

  @Test
  @Requirement({"IA-2.2.1-2"})
  void makesAUuidIfNoneCame() {
    assertThat(FapiInteractionId.from(Optional.empty(), () -> FRESH))
        .isEqualTo(new FapiInteractionId(FRESH));
  }

  @Test
  @Requirement({"IA-2.2.2-2"})
  void takesAnAbsentHeaderForNobodyPresent() {
    assertThat(EndUserPresent.from(Optional.empty()).value()).isFalse();
  }

  @Test
  @Requirement({"IA-2.2.2-3"})
  void readsTrueAndFalse() {
    assertThat(EndUserPresent.from(Optional.of("true")).value()).isTrue();
    assertThat(EndUserPresent.from(Optional.of("false")).value()).isFalse();
    assertThat(new EndUserPresent(true).toHeader()).isEqualTo("true");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "TRUE", "True", "1", "yes", " true", "true,true", "null"})
  @Requirement({"IA-2.2.2-3"})
  void refusesAnyOtherValue(String sent) {
    assertThatThrownBy(() -> EndUserPresent.from(Optional.of(sent)))
        .isInstanceOfSatisfying(
            RefusalException.class,
            refused -> assertThat(refused.refusal().rule().value()).isEqualTo("IA-2.2.2-3"));
  }

  private static String interactionId(String sent) {
    return FapiInteractionId.from(Optional.of(sent), () -> FRESH).value();
  }
}
