package dev.countersign.protocol.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.protocol.refusal.RefusalException;
import dev.countersign.requirement.Requirement;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretTest {

  private static final SecureRandom RANDOM = new SecureRandom();

  private static final List<Function<SecureRandom, Secret>> KINDS =
      List.of(
          AuthorizationCode::random, RefreshToken::random, AccessToken::random, RequestUri::random);

  @Test
  void showsItsValueOnlyWhenAskedTo() {
    AuthorizationCode code = new AuthorizationCode("s3cret");

    assertThat(code.reveal()).isEqualTo("s3cret");
    assertThat(code).hasToString("AuthorizationCode");
    assertThat(code.digest()).hasToString("SecretDigest");
  }

  @Test
  @Requirement({"SP-5.4.1-4"})
  void isMadeOf256RandomBits() {
    Set<String> seen = new HashSet<>();
    for (Function<SecureRandom, Secret> kind : KINDS) {
      for (int i = 0; i < 100; i++) {
        String random = kind.apply(RANDOM).reveal();
        assertThat(random.substring(random.lastIndexOf(':') + 1)).matches("[A-Za-z0-9_-]{43}");
        assertThat(seen.add(random)).isTrue();
      }
    }
    assertThat(seen).hasSize(400);
  }

  @Test
  @Requirement({"SP-5.4.1-4"})
  void takesEveryBitFromTheGivenRandomness() {
    SecureRandom zeros =
        new SecureRandom() {
          private static final long serialVersionUID = 1L;

          @Override
          public void nextBytes(byte[] bytes) {
            assertThat(bytes).hasSize(32);
          }
        };

    assertThat(RefreshToken.random(zeros).reveal()).isEqualTo("A".repeat(43));
  }

  @Test
  void isEqualOnlyToTheSameValueOfTheSameType() {
    assertThat(new AuthorizationCode("abc"))
        .isEqualTo(new AuthorizationCode("abc"))
        .hasSameHashCodeAs(new AuthorizationCode("abc"))
        .isNotEqualTo(new AuthorizationCode("abd"))
        .isNotEqualTo(new AuthorizationCode("ab"))
        .isNotEqualTo(new RefreshToken("abc"))
        .isNotEqualTo("abc");
  }

  @Test
  void isStoredAsItsSha256() {
    SecretDigest digest = new AuthorizationCode("abc").digest();

    assertThat(digest.hex())
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assertThat(SecretDigest.ofSha256(digest.sha256())).isEqualTo(digest);
    assertThat(SecretDigest.of("abd")).isNotEqualTo(digest);
  }

  @Test
  void givesItsDigestAwayAsACopy() {
    SecretDigest digest = SecretDigest.of("abc");

    digest.sha256()[0] ^= 1;

    assertThat(digest).isEqualTo(SecretDigest.of("abc"));
  }

  @Test
  void refusesADigestOfAnotherLength() {
    assertThatThrownBy(() -> SecretDigest.ofSha256(new byte[31]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a\n", "ä", "\u007f"})
  void refusesWhatIsNotVisibleAsciiWithoutSayingIt(String value) {
    assertThatThrownBy(() -> new RefreshToken(value))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .startsWith("RefreshToken ")
        .matches(message -> value.isEmpty() || !message.contains(value));
  }

  @Test
  void tellsAnOpaqueAccessTokenFromAJwtByItsForm() {
    assertThat(AccessToken.random(RANDOM).isOpaque()).isTrue();
    assertThat(new AccessToken("a.b").isOpaque()).isTrue();
    assertThat(new AccessToken("a.b.c.d").isOpaque()).isTrue();
    assertThat(new AccessToken("a.b.c").isOpaque()).isFalse();
  }

  @Test
  void refusesALongerValueThanItsTypeHas() {
    assertThat(new AuthorizationCode("a".repeat(4096)).reveal()).hasSize(4096);
    assertThatThrownBy(() -> new AuthorizationCode("a".repeat(4097)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(new AccessToken("a".repeat(16384)).reveal()).hasSize(16384);
    assertThatThrownBy(() -> new AccessToken("a".repeat(16385)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @Requirement({"OA-3"})
  void isRefusedUnderItsOwnErrorCode() {
    assertThat(errorOf(() -> AuthorizationCode.parse("a b"))).isEqualTo(OAuthError.INVALID_GRANT);
    assertThat(errorOf(() -> RefreshToken.parse("a b"))).isEqualTo(OAuthError.INVALID_GRANT);
    assertThat(errorOf(() -> AccessToken.parse("a b"))).isEqualTo(OAuthError.INVALID_TOKEN);
    assertThat(AuthorizationCode.parse("ab")).isEqualTo(new AuthorizationCode("ab"));
    assertThat(RefreshToken.parse("ab")).isEqualTo(new RefreshToken("ab"));
    assertThat(AccessToken.parse("ab")).isEqualTo(new AccessToken("ab"));
  }

  static OAuthError errorOf(Runnable refused) {
    try {
      refused.run();
    } catch (RefusalException exception) {
      return ((Refusal.OAuth) exception.refusal()).error();
    }
    throw new AssertionError("nothing was refused");
  }
}
