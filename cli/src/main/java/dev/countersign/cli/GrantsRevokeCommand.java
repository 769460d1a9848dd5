package dev.countersign.cli;

import dev.countersign.cli.operator.NotDoneException;
import dev.countersign.cli.operator.OperatorApi;
import dev.countersign.client.ClientException;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.OneLine;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code countersign grants revoke}. */
@Command(
    name = "revoke",
    description = {
      "Ends grants, each with all its tokens. What their persons allowed the client is forgotten,"
          + " so that they are asked again.",
      "Ids without a grant are named on standard error (with --json: as unknown) and make the exit"
          + " code 1; the others end all the same."
    },
    mixinStandardHelpOptions = true)
final class GrantsRevokeCommand implements Callable<Integer> {
  @Mixin private OperatorOptions options = new OperatorOptions();

  @Parameters(
      paramLabel = "GRANT",
      arity = "1..*",
      description = "The grants, by the ids that countersign grants list shows.")
  private List<String> grants = List.of();

  private final Surroundings with;

  GrantsRevokeCommand(Surroundings with) {
    this.with = with;
  }

  @Override
  public Integer call() throws CommandFailure {
    return options.run(this::revoke);
  }

  private int revoke(OperatorApi api) throws ClientException, NotDoneException {
    boolean all = true;
    for (String grant : grants) {
      boolean ended = api.revokeGrant(grant);
      all &= ended;
      tell(grant, ended);
    }
    with.out().flush();
    return all ? ExitCode.OK : ExitCode.FAILED;
  }

  private void tell(String grant, boolean ended) {
    if (options.json()) {
      JsonObject line =
          JsonObject.builder()
              .put("grant_id", grant)
              .put("result", ended ? "ended" : "unknown")
              .build();
      with.out().println(OneLine.of(line.toJson()));
    } else if (ended) {
      with.out().println(OneLine.of("Ended " + grant + "."));
    } else {
      with.err().println(OneLine.of("There is no grant " + grant + "; it may have ended before."));
    }
  }
}
