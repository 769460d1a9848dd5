package dev.countersign.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.requirement.Requirement;
import java.io.ByteArrayInputStream;
import org.junit.jupiter.api.Test;

class RequestBodyTest {
  private static final byte[] FIVE = {1, 2, 3, 4, 5};

  private static RequestBody of(int maxBytes) {
    return RequestBody.of(new ByteArrayInputStream(FIVE), maxBytes);
  }

  @Test
  @Requirement("HS-5.3.1.2-8")
  void readsAllUpToTheBound() throws Exception {
    assertThat(of(5).read()).isEqualTo(FIVE);
    assertThat(of(6).read()).isEqualTo(FIVE);
    assertThat(RequestBody.of(new ByteArrayInputStream(new byte[0]), 0).read()).isEmpty();
  }

  @Test
  @Requirement("HS-5.3.1.2-8")
  void takesNotOneByteMore() {
    assertThatThrownBy(() -> of(4).read()).isInstanceOf(RequestTooLargeException.class);
    assertThatThrownBy(() -> of(0).read()).isInstanceOf(RequestTooLargeException.class);
    assertThatThrownBy(() -> of(-1)).isInstanceOf(IllegalArgumentException.class);
  }
}
