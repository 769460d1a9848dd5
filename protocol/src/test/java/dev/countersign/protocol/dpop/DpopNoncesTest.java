package dev.countersign.protocol.dpop;

import static dev.countersign.protocol.fixture.Jwts.JOSE;
import static dev.countersign.protocol.fixture.Jwts.RANDOM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.countersign.requirement.Requirement;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DpopNoncesTest {

  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00.123Z");
  private static final Duration LIFETIME = Duration.ofMinutes(2);
  private static final byte[] KEY = key(1);

  private final DpopNonces nonces = nonces("as", List.of(KEY));

  @Test
  @Requirement({"DP-13", "DP-14", "SP-5.3.2.1-10"})
  void acceptsItsOwnNonceForItsWholeLifetimeAndNotAMillisecondLonger() {
    DpopNonce nonce = nonces.mint(NOW);
    assertThat(nonces.mintedAt(nonce, NOW)).contains(NOW);
    assertThat(nonces.mintedAt(nonce, NOW.plus(LIFETIME))).contains(NOW);
    assertThat(nonces.mintedAt(nonce, NOW.plus(LIFETIME).plusMillis(1))).isEmpty();
  }

  @Test
  @Requirement({"DP-14"})
  void acceptsANonceAgainAndAgain() {
    DpopNonce nonce = nonces.mint(NOW);
    for (int i = 0; i < 3; i++) {
      assertThat(nonces.mintedAt(nonce, NOW.plusSeconds(i))).contains(NOW);
    }
  }

  @Test
  @Requirement({"DP-13", "SP-5.4.1-4"})
  void makesNoncesThatNobodyCanForesee() {
    Set<DpopNonce> seen = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      assertThat(seen.add(nonces.mint(NOW))).isTrue();
    }
    assertThat(nonces.mint(NOW).value()).matches("[\\x21\\x23-\\x5B\\x5D-\\x7E]{22,}");
  }

  @Test
  @Requirement({"DP-14"})
  void refusesANonceWithAnyByteChanged() {
    byte[] bytes = Base64.getUrlDecoder().decode(nonces.mint(NOW).value());
    for (int i = 0; i < bytes.length; i++) {
      byte[] forged = bytes.clone();
      forged[i] ^= 1;
      String value = Base64.getUrlEncoder().withoutPadding().encodeToString(forged);
      assertThat(nonces.mintedAt(new DpopNonce(value), NOW)).isEmpty();
    }
  }

  @ParameterizedTest
  @Requirement({"DP-14"})
  @ValueSource(strings = {"x", "!!!", "eyJ7S_N_d_N", "AAAA"})
  void refusesWhatIsNotItsOwn(String value) {
    assertThat(nonces.mintedAt(new DpopNonce(value), NOW)).isEmpty();
  }

  @Test
  @Requirement({"DP-13"})
  void refusesANonceMadeForAnotherPurposeWithTheSameKey() {
    DpopNonce ofResourceServer = nonces("rs", List.of(KEY)).mint(NOW);
    assertThat(nonces.mintedAt(ofResourceServer, NOW)).isEmpty();
  }

  @Test
  @Requirement({"DP-14"})
  void refusesANonceFromTheFurtherFuture() {
    DpopNonce nonce = nonces.mint(NOW);
    assertThat(nonces.mintedAt(nonce, NOW.minusSeconds(30))).contains(NOW);
    assertThat(nonces.mintedAt(nonce, NOW.minusSeconds(31))).isEmpty();
  }

  @Test
  @Requirement({"DP-14"})
  void acceptsNoncesOfTheOldKeyAndMakesThemWithTheNewOne() {
    DpopNonces rotated = nonces("as", List.of(key(2), KEY));
    assertThat(rotated.mintedAt(nonces.mint(NOW), NOW)).contains(NOW);
    assertThat(nonces.mintedAt(rotated.mint(NOW), NOW)).isEmpty();
    assertThat(nonces("as", List.of(key(2))).mintedAt(nonces.mint(NOW), NOW)).isEmpty();
  }

  @Test
  void refusesNoKeyAShortKeyAndNoLifetime() {
    assertThatIllegalArgumentException().isThrownBy(() -> nonces("as", List.of()));
    assertThatIllegalArgumentException().isThrownBy(() -> nonces("as", List.of(new byte[31])));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new DpopNonces(JOSE, "as", List.of(KEY), Duration.ZERO, RANDOM));
  }

  @ParameterizedTest
  @Requirement({"DP-13"})
  @ValueSource(strings = {"", "a b", "a\"b", "a\\b", "é"})
  void refusesANonceWithOtherCharacters(String value) {
    assertThatIllegalArgumentException().isThrownBy(() -> new DpopNonce(value));
  }

  private static DpopNonces nonces(String purpose, List<byte[]> keys) {
    return new DpopNonces(JOSE, purpose, keys, LIFETIME, RANDOM);
  }

  private static byte[] key(int fill) {
    byte[] key = new byte[32];
    Arrays.fill(key, (byte) fill);
    return key;
  }
}
