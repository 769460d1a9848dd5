package dev.countersign.demo.scene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BelongingsTest {
  private final List<String> closed = new ArrayList<>();

  @Test
  void closesTheLastFirst() {
    Belongings belongings = new Belongings();
    belongings.<AutoCloseable>keep(() -> closed.add("first"));
    belongings.<AutoCloseable>keep(() -> closed.add("second"));
    belongings.close();
    assertThat(closed).containsExactly("second", "first");
  }

  @Test
  void closesTheOthersWhenOneFails() {
    Belongings belongings = new Belongings();
    belongings.<AutoCloseable>keep(() -> closed.add("first"));
    belongings.<AutoCloseable>keep(
        () -> {
          throw new IllegalStateException("stuck");
        });
    assertThatThrownBy(belongings::close).hasRootCauseMessage("stuck");
    assertThat(closed).containsExactly("first");
  }
}
