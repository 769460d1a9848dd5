package dev.countersign.cli;

import dev.countersign.protocol.oauth.InitialAccessToken;
import java.security.SecureRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code countersign registration-token}. */
@Command(
    name = "registration-token",
    description = {
      "Makes an initial access token, by which its holder may register clients.",
      "Prints the token, to be handed to its holder, and its digest, for"
          + " dynamic_registration.initial_access_tokens in countersign.yaml. The token is kept"
          + " nowhere."
    },
    mixinStandardHelpOptions = true)
final class RegistrationTokenCommand implements Callable<Integer> {
  private final Surroundings with;

  RegistrationTokenCommand(Surroundings with) {
    this.with = with;
  }

  @Override
  public Integer call() {
    InitialAccessToken token = InitialAccessToken.random(new SecureRandom());
    with.out().println("token:  " + token.reveal());
    with.out().println("digest: " + token.digest().hex());
    with.out().flush();
    return ExitCode.OK;
  }
}
