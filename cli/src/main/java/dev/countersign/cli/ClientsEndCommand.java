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

/** {@code countersign clients end}. */
@Command(
    name = "end",
    description = {
      "Ends the registration of a client that registered itself, and with it all that hangs on it:"
          + " requests, codes, grants and tokens.",
      "A client of the configuration ends when it is taken out there."
    },
    mixinStandardHelpOptions = true)
final class ClientsEndCommand implements Callable<Integer> {
  @Mixin private OperatorOptions options = new OperatorOptions();

  @Parameters(paramLabel = "CLIENT", description = "The client that ends.")
  private String client = "";

  private final Surroundings with;

  ClientsEndCommand(Surroundings with) {
    this.with = with;
  }

  @Override
  public Integer call() throws CommandFailure {
    return options.run(this::end);
  }

  private int end(OperatorApi api) throws ClientException, NotDoneException, CommandFailure {
    if (!api.endClient(client)) {
      throw new CommandFailure(
          ExitCode.FAILED, OneLine.of("No client " + client + " has registered itself."));
    }
    JsonObject line = JsonObject.builder().put("client_id", client).put("result", "ended").build();
    with.out().println(OneLine.of(options.json() ? line.toJson() : "Ended " + client + "."));
    with.out().flush();
    return ExitCode.OK;
  }
}
