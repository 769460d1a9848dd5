package dev.countersign.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.oauth.InitialAccessToken;
import dev.countersign.requirement.Requirement;
import org.junit.jupiter.api.Test;

class RegistrationTokenCommandTest {

  @Test
  @Requirement("DC-1")
  void printsATokenAndItsDigest() {
    Ran ran = Ran.command("registration-token");

    assertThat(ran.exitCode()).isZero();
    String[] lines = ran.out().strip().split("\\R");
    assertThat(lines).hasSize(2);
    String token = lines[0].substring("token:".length()).strip();
    assertThat(token).hasSize(43);
    assertThat(lines[1].substring("digest:".length()).strip())
        .isEqualTo(new InitialAccessToken(token).digest().hex());
  }

  @Test
  void makesAnotherEachTime() {
    assertThat(Ran.command("registration-token").out())
        .isNotEqualTo(Ran.command("registration-token").out());
  }
}
