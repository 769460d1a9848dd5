package dev.countersign.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.protocol.fixture.JwtReader;
import dev.countersign.protocol.fixture.SampleJwt;
import dev.countersign.protocol.jose.InvalidJwtException;
import dev.countersign.protocol.refusal.RefusalException;
import dev.countersign.requirement.Requirement;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every JWT at every place that takes one: it is good at its own, and at no other. */
@Requirement("J-13")
class EveryJwtElsewhereTest {

  static Stream<Arguments> own() {
    return pairs(true);
  }

  static Stream<Arguments> elsewhere() {
    return pairs(false);
  }

  private static Stream<Arguments> pairs(boolean own) {
    return Arrays.stream(SampleJwt.values())
        .flatMap(
            sample ->
                Arrays.stream(JwtReader.values())
                    .filter(reader -> reader.isFor(sample) == own)
                    .map(reader -> Arguments.of(sample, reader)));
  }

  @ParameterizedTest(name = "{0} at {1}")
  @MethodSource("own")
  void isTakenAtItsOwnPlace(SampleJwt sample, JwtReader reader) throws Exception {
    assertThat(reader.read(sample.jwt())).isNotNull();
  }

  @ParameterizedTest(name = "{0} at {1}")
  @MethodSource("elsewhere")
  void isRefusedElsewhere(SampleJwt sample, JwtReader reader) {
    String jwt = sample.jwt();
    assertThatThrownBy(() -> reader.read(jwt))
        .isInstanceOfAny(RefusalException.class, InvalidJwtException.class);
  }
}
