package dev.countersign.protocol.jose;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KeyCacheTest {

  @Test
  void forgetsWhatTwoGenerationsPassedOver() {
    KeyCache<Integer> cache = new KeyCache<>(10);

    IntStream.range(0, 1000).forEach(i -> cache.put(thumbprint(i), i));

    long kept = IntStream.range(0, 1000).filter(i -> isKept(cache, i)).count();
    assertThat(kept).isLessThanOrEqualTo(20);
    assertThat(cache.get(thumbprint(999))).contains(999);
    assertThat(cache.get(thumbprint(0))).isEmpty();
  }

  @Test
  void keepsWhatIsInUseWhileStrangersPass() {
    KeyCache<Integer> cache = new KeyCache<>(10);
    cache.put(thumbprint(-1), -1);

    for (int i = 0; i < 1000; i++) {
      cache.put(thumbprint(i), i);
      if (i % 5 == 0) {
        assertThat(cache.get(thumbprint(-1))).contains(-1);
      }
    }
  }

  private static boolean isKept(KeyCache<Integer> cache, int i) {
    return cache.get(thumbprint(i)).isPresent();
  }

  private static Thumbprint thumbprint(int i) {
    byte[] bytes = String.valueOf(i).getBytes(StandardCharsets.US_ASCII);
    return new Thumbprint(Base64Url.encode(Arrays.copyOf(bytes, 32)));
  }
}
