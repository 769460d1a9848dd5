package dev.countersign.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.password4j.Argon2Function;
import com.password4j.Password;
import dev.countersign.server.config.PasswordHash;
import org.junit.jupiter.api.Test;

class PasswordHashCommandTest {

  @Test
  void printsAHashThatVerifiesThePasswordAndNoOther() {
    Ran ran = Ran.with("correct horse\n", "password-hash");
    assertThat(ran.exitCode()).isZero();
    String hash = new PasswordHash(ran.out().strip()).phc();
    assertThat(verifies("correct horse", hash)).isTrue();
    assertThat(verifies("correct horsf", hash)).isFalse();
  }

  @Test
  void saltsEveryHashAnew() {
    assertThat(Ran.with("same\n", "password-hash").out())
        .isNotEqualTo(Ran.with("same\n", "password-hash").out());
  }

  @Test
  void refusesAnEmptyPassword() {
    Ran ran = Ran.with("\n", "password-hash");
    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err().strip()).isEqualTo("The password is empty.");
    assertThat(Ran.with("", "password-hash").exitCode()).isEqualTo(2);
  }

  @Test
  void takesNoPasswordAsAnArgument() {
    Ran ran = Ran.command("password-hash", "correct horse");
    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.out()).isEmpty();
  }

  private static boolean verifies(String password, String hash) {
    return Password.check(password, hash).with(Argon2Function.getInstanceFromHash(hash));
  }
}
