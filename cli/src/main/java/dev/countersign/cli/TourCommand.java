package dev.countersign.cli;

import dev.countersign.demo.scene.Signing;
import dev.countersign.demo.tour.JsonPrinter;
import dev.countersign.demo.tour.TextPrinter;
import dev.countersign.demo.tour.Tour;
import dev.countersign.demo.tour.TourPrinter;
import dev.countersign.edge.CannotListenException;
import dev.countersign.protocol.jose.Jose;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code countersign tour}. */
@Command(
    name = "tour",
    description = {
      "Runs one whole FAPI 2.0 journey over real HTTPS on this machine, tells every message decoded"
          + " with the requirements it meets, and lets five attacks be refused.",
      "Nothing is installed and nothing stays behind. The exit code is 0 only if all went as it"
          + " must."
    },
    mixinStandardHelpOptions = true)
final class TourCommand implements Callable<Integer> {
  @Option(
      names = "--as-port",
      paramLabel = "PORT",
      converter = PortConverter.class,
      defaultValue = "0",
      description = "Port of the authorization server; a free one if not given.")
  private int asPort;

  @Option(
      names = "--api-port",
      paramLabel = "PORT",
      converter = PortConverter.class,
      defaultValue = "0",
      description = "Port of the bank's API; a free one if not given.")
  private int apiPort;

  @Option(
      names = "--message-signing",
      description =
          "Sign every message: the client's request and the server's response to it, what the"
              + " server tells the bank of tokens, and what client and bank say to each other."
              + " Three more attacks are refused.")
  private boolean messageSigning;

  @Option(names = "--json", description = "Print JSON, one object a line, for programs.")
  private boolean json;

  @Option(
      names = "--crypto",
      paramLabel = "PROVIDER",
      defaultValue = "auto",
      description =
          "Who does the cryptography: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private CryptoChoice crypto = CryptoChoice.AUTO;

  private final Surroundings with;

  TourCommand(Surroundings with) {
    this.with = with;
  }

  @Override
  public Integer call() throws CommandFailure {
    new OwnPorts().take("--as-port", asPort).take("--api-port", apiPort);
    RecentLog.instead();
    Jose jose = new Crypto().choose(crypto);
    TourPrinter printer =
        json ? new JsonPrinter(with.out()) : new TextPrinter(with.out(), with.colour());
    try {
      Signing signing = messageSigning ? Signing.EVERY_MESSAGE : Signing.AS_EVER;
      Tour tour = new Tour(new Tour.Settings(asPort, apiPort, jose, signing));
      boolean passed = tour.run(printer).passed();
      return passed ? ExitCode.OK : ExitCode.FAILED;
    } catch (CannotListenException e) {
      throw new CommandFailure(ExitCode.UNAVAILABLE, String.valueOf(e.getMessage()), e);
    }
  }
}
