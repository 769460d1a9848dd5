package dev.countersign.demo.scene;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.rar.DetailType;
import dev.countersign.server.details.DetailTypes;
import dev.countersign.server.details.TypeDefinition;
import java.util.List;
import org.junit.jupiter.api.Test;

class CastTest {

  @Test
  void whatPeopleCanChooseFromFitsEveryReadyType() {
    DetailTypes types =
        new DetailTypes(DetailType.READY.stream().map(TypeDefinition::ready).toList());
    for (Person person : List.of(Cast.anna("a"), Cast.ben("b"))) {
      assertThat(Cast.choices(person).get("accounts"))
          .isNotEmpty()
          .allSatisfy(choice -> assertThat(types.misfits("accounts", choice)).isEmpty());
    }
  }
}
