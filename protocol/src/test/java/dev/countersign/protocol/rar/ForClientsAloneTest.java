package dev.countersign.protocol.rar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.requirement.Requirement;
import org.junit.jupiter.api.Test;

/** Which types a client may have by itself. */
@Requirement({"RAR-6-2"})
class ForClientsAloneTest {

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
    assertThat(type(",\"without_person\":true").forClientsAlone()).isTrue();
    assertThat(type(",\"without_person\":false").forClientsAlone()).isFalse();
    assertThat(type("").forClientsAlone()).isFalse();
    assertThatExceptionOfType(InvalidDetailTypeException.class)
        .isThrownBy(() -> type(",\"without_person\":\"yes\""))
        .withMessageContaining("/without_person");
  }

  @Test
  void noneOfTheReadyOnes() {
    for (String name : DetailType.READY) {
      assertThat(DetailType.ready(name).forClientsAlone()).as(name).isFalse();
    }
  }
}
