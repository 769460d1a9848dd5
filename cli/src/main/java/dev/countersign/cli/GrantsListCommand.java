package dev.countersign.cli;

import dev.countersign.cli.operator.GrantText;
import dev.countersign.cli.operator.NotDoneException;
import dev.countersign.cli.operator.OperatorApi;
import dev.countersign.client.ClientException;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.json.OneLine;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code countersign grants list}. */
@Command(
    name = "list",
    description = {
      "Shows the grants of a person, of a client, or of both: who allowed what to whom, since when,"
          + " last used when, until when. Tokens are never shown.",
      "Needs --user, --client or both.",
      "With --json each line is a grant as the server describes it."
    },
    mixinStandardHelpOptions = true)
final class GrantsListCommand implements Callable<Integer> {
  private static final int PAGE = 100;

  @Mixin private OperatorOptions options = new OperatorOptions();

  @Option(names = "--user", paramLabel = "USER", description = "The person, by sub or user name.")
  private Optional<String> user = Optional.empty();

  @Option(names = "--client", paramLabel = "ID", description = "The client that may use them.")
  private Optional<String> client = Optional.empty();

  private final Surroundings with;

  GrantsListCommand(Surroundings with) {
    this.with = with;
  }

  @Override
  public Integer call() throws CommandFailure {
    if (user.isEmpty() && client.isEmpty()) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "Say whose grants: --user, --client or both. Try countersign grants list --help.");
    }
    return options.run(this::list);
  }

  private int list(OperatorApi api) throws ClientException, NotDoneException, CommandFailure {
    int count = 0;
    Optional<String> next = Optional.empty();
    do {
      OperatorApi.Page page = api.page(user, client, next, PAGE);
      for (JsonObject grant : page.grants()) {
        print(grant);
        count++;
      }
      next = page.next();
    } while (next.isPresent());
    if (!options.json()) {
      with.out().println(count == 1 ? "1 grant." : count + " grants.");
    }
    with.out().flush();
    return ExitCode.OK;
  }

  private void print(JsonObject grant) throws CommandFailure {
    if (options.json()) {
      with.out().println(OneLine.of(grant.toJson()));
      return;
    }
    try {
      GrantText.of(grant).forEach(line -> with.out().println(OneLine.of(line)));
    } catch (MalformedJsonException e) {
      throw new CommandFailure(
          ExitCode.FAILED, "Not done: the server's answer cannot be understood.", e);
    }
  }
}
