package dev.countersign.cli;

import dev.countersign.cli.operator.NotDoneException;
import dev.countersign.cli.operator.OperatorApi;
import dev.countersign.client.ClientException;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.OneLine;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code countersign grants revoke-client}. */
@Command(
    name = "revoke-client",
    description = {
      "Ends all grants of a client, some at a time so that others are not kept waiting, and shows"
          + " on standard error how far it is.",
      "Broken off, it can be run again. The client itself stays: people can allow it something"
          + " anew."
    },
    mixinStandardHelpOptions = true)
final class GrantsRevokeClientCommand implements Callable<Integer> {
  private static final int AT_A_TIME = 100;

  @Mixin private OperatorOptions options = new OperatorOptions();

  @Parameters(paramLabel = "CLIENT", description = "The client whose grants end.")
  private String client = "";

  private final Surroundings with;

  GrantsRevokeClientCommand(Surroundings with) {
    this.with = with;
  }

  @Override
  public Integer call() throws CommandFailure {
    return options.run(this::revoke);
  }

  private int revoke(OperatorApi api) throws ClientException, NotDoneException, CommandFailure {
    int count = 0;
    OperatorApi.Ended ended;
    do {
      ended = api.revokeGrantsOf(client, AT_A_TIME);
      count += ended.count();
      if (ended.more()) {
        with.err().println(count + " ended so far");
      }
    } while (ended.more());
    if (count == 0 && !ended.clientKnown()) {
      throw new CommandFailure(
          ExitCode.FAILED, OneLine.of("There is no client " + client + ", and no grant of one."));
    }
    tell(count);
    return ExitCode.OK;
  }

  private void tell(int count) {
    JsonObject line = JsonObject.builder().put("client_id", client).put("ended", count).build();
    String text = count == 1 ? "Ended 1 grant" : "Ended " + count + " grants";
    with.out().println(OneLine.of(options.json() ? line.toJson() : text + " of " + client + "."));
    with.out().flush();
  }
}
