package dev.countersign.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
import dev.countersign.server.kit.People;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordHashTest {
  private static final String REST = "$c2FsdHNhbHRzYWx0$aGFzaGhhc2hoYXNoaGFzaA";

  @ParameterizedTest
  @ValueSource(
      strings = {"m=19456,t=2,p=1", "m=8,t=1,p=1", "m=2040,t=255,p=255", "m=1048576,t=1,p=1"})
  void takesWhatCanBeComputed(String cost) {
    PasswordHash hash = new PasswordHash("$argon2id$v=19$" + cost + REST);
    assertThat(hash.cost()).isEqualTo(cost);
    assertThat(hash.toString()).isEqualTo("PasswordHash");
  }

  @Test
  void takesWhatTheLibraryMakes() {
    PasswordHash hash = new PasswordHash(People.hash("x"));
    assertThat(hash.cost()).isEqualTo("m=64,t=1,p=1");
    assertThat(hash.work()).isEqualTo(64);
    assertThat(
            new PasswordHash(Password.hash("x").addRandomSalt(16).with(usual()).getResult()).work())
        .isEqualTo(2 * 19456);
  }

  @Test
  void costsWhatIsAskedFor() {
    assertThat(PasswordHash.of("x").cost()).isEqualTo(PasswordHash.USUAL_COST);
    PasswordHash light = PasswordHash.of("x", 64, 1);
    assertThat(light.cost()).isEqualTo("m=64,t=1,p=1");
    assertThat(isOf(light, "x")).isTrue();
    assertThat(isOf(light, "y")).isFalse();
  }

  private static boolean isOf(PasswordHash hash, String password) {
    return Password.check(password, hash.phc())
        .with(Argon2Function.getInstanceFromHash(hash.phc()));
  }

  private static Argon2Function usual() {
    return Argon2Function.getInstance(19456, 2, 1, 32, Argon2.ID);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hunter2",
        "",
        "$argon2i$v=19$m=19456,t=2,p=1" + REST,
        "$argon2d$v=19$m=19456,t=2,p=1" + REST,
        "$argon2id$v=16$m=19456,t=2,p=1" + REST,
        "$argon2id$m=19456,t=2,p=1" + REST,
        "$argon2id$v=19$m=7,t=1,p=1" + REST,
        "$argon2id$v=19$m=15,t=1,p=2" + REST,
        "$argon2id$v=19$m=1048577,t=1,p=1" + REST,
        "$argon2id$v=19$m=99999999,t=1,p=1" + REST,
        "$argon2id$v=19$m=64,t=0,p=1" + REST,
        "$argon2id$v=19$m=64,t=256,p=1" + REST,
        "$argon2id$v=19$m=64,t=1,p=0" + REST,
        "$argon2id$v=19$m=9999,t=1,p=256" + REST,
        "$argon2id$v=19$t=2,m=19456,p=1" + REST,
        "$argon2id$v=19$x$y$z",
        "$argon2id$v=19$m=64,t=1,p=1$c2FsdA$aGFzaGhhc2hoYXNoaGFzaA",
        "$argon2id$v=19$m=64,t=1,p=1$c2FsdHNhbHRzYWx0$aGFzaA",
        "$argon2id$v=19$m=64,t=1,p=1$c2FsdHNhbHRzYWx0$aGFzaGhhc2hoYXNoaGFzaA==",
        "$argon2id$v=19$m=64,t=1,p=1$c2FsdHNhbHRzYWx_$aGFzaGhhc2hoYXNoaGFzaA",
        "$argon2id$v=19$m=64,t=1,p=1" + REST + "$x",
        "$argon2id$v=19$m=64,t=1,p=1" + REST + "\n"
      })
  void refusesWhatCannotAndDoesNotRepeatIt(String phc) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PasswordHash(phc))
        .withMessage("PasswordHash must be an argon2id hash in PHC form");
  }
}
