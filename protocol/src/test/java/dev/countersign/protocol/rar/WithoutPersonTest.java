package dev.countersign.protocol.rar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.requirement.Requirement;
import org.junit.jupiter.api.Test;

/** Which types a client may have by itself. */
@Requirement({"RAR-6-2"})
class WithoutPersonTest {

  private static DetailType type(String more) throws Exception {
    return DetailType.parse(
        JsonObject.parse(
            "{\"type\":\"t\",\"schema\":{\"type\":\"object\"},\"personal\":[],\"sensitive\":false,"
                + "\"use\":\"many\""
                + more
                + "}"));
  }

  @Test
  void onlyWhatItsFileNames() throws Exception {
    assertThat(type(",\"without_person\":true").withoutPerson()).isTrue();
    assertThat(type(",\"without_person\":false").withoutPerson()).isFalse();
    assertThat(type("").withoutPerson()).isFalse();
    assertThatExceptionOfType(InvalidDetailTypeException.class)
        .isThrownBy(() -> type(",\"without_person\":\"yes\""))
        .withMessageContaining("/without_person");
  }

  @Test
  void noneOfTheReadyOnes() {
    for (String name : DetailType.READY) {
      assertThat(DetailType.ready(name).withoutPerson()).as(name).isFalse();
    }
  }
}
