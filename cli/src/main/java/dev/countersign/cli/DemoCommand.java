package dev.countersign.cli;

import dev.countersign.demo.Demo;
import dev.countersign.demo.DoorBlockedException;
import dev.countersign.demo.ca.UnusableFolderException;
import dev.countersign.demo.scene.Signing;
import dev.countersign.protocol.jose.Jose;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code countersign demo}. */
@Command(
    name = "demo",
    description = {
      "Lets you click through FAPI 2.0 in your browser: an authorization server, a bank and a third"
          + " party's web app, all on this machine, until Ctrl-C. Beside them the flow viewer shows"
          + " every message as it happens.",
      "Everything in it is made up and begins anew at every start. Only the certificate authority"
          + " is kept, so that you need to trust it once."
    },
    mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
  @Option(
      names = "--as-port",
      paramLabel = "PORT",
      converter = PortConverter.class,
      defaultValue = "8443",
      description =
          "Port of the authorization server; 0 for a free one. Default: ${DEFAULT-VALUE}.")
  private int asPort;

  @Option(
      names = "--api-port",
      paramLabel = "PORT",
      converter = PortConverter.class,
      defaultValue = "8444",
      description = "Port of the bank's API; 0 for a free one. Default: ${DEFAULT-VALUE}.")
  private int apiPort;

  @Option(
      names = "--app-port",
      paramLabel = "PORT",
      converter = PortConverter.class,
      defaultValue = "8445",
      description = "Port of the web app; 0 for a free one. Default: ${DEFAULT-VALUE}.")
  private int appPort;

  @Option(
      names = "--viewer-port",
      paramLabel = "PORT",
      converter = PortConverter.class,
      defaultValue = "8446",
      description = "Port of the flow viewer; 0 for a free one. Default: ${DEFAULT-VALUE}.")
  private int viewerPort;

  @Option(
      names = "--message-signing",
      description =
          "Sign every message: the app's request and the server's response to it, what the server"
              + " tells the bank of tokens, and what app and bank say to each other.")
  private boolean messageSigning;

  @Option(
      names = "--folder",
      paramLabel = "FOLDER",
      description =
          "Where the certificate authority is kept. Default: countersign/demo below"
              + " $XDG_STATE_HOME, which is ~/.local/state if it is not set.")
  private Optional<Path> folder = Optional.empty();

  @Option(
      names = "--crypto",
      paramLabel = "PROVIDER",
      defaultValue = "auto",
      description =
          "Who does the cryptography: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private CryptoChoice crypto = CryptoChoice.AUTO;

  private final Surroundings with;

  DemoCommand(Surroundings with) {
    this.with = with;
  }

  @Override
  public Integer call() throws CommandFailure, InterruptedException {
    new OwnPorts()
        .take("--as-port", asPort)
        .take("--api-port", apiPort)
        .take("--app-port", appPort)
        .take("--viewer-port", viewerPort);
    RecentLog.instead();
    Jose jose = new Crypto().choose(crypto);
    Demo demo = start(jose);
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(demo, stopped), "countersign-stop"));
    new DemoText(demo).lines().forEach(with.out()::println);
    with.out().flush();
    stopped.await();
    return ExitCode.OK;
  }

  private Demo start(Jose jose) throws CommandFailure {
    Path kept = folder.orElseGet(StateFolder::ofDemo);
    Signing signing = messageSigning ? Signing.EVERY_MESSAGE : Signing.AS_EVER;
    Demo.Ports ports = new Demo.Ports(asPort, apiPort, appPort, viewerPort);
    try {
      return Demo.start(new Demo.Settings(ports, kept, jose, InstantSource.system(), signing));
    } catch (DoorBlockedException e) {
      throw new CommandFailure(
          ExitCode.UNAVAILABLE,
          "%s Choose another one with %s, or 0 for any free one."
              .formatted(e.getMessage(), option(e.part())),
          e);
    } catch (UnusableFolderException e) {
      throw new CommandFailure(ExitCode.UNAVAILABLE, String.valueOf(e.getMessage()), e);
    }
  }

  private static String option(Demo.Part part) {
    return switch (part) {
      case SERVER -> "--as-port";
      case BANK -> "--api-port";
      case APP -> "--app-port";
      case VIEWER -> "--viewer-port";
    };
  }

  private static void stop(Demo demo, CountDownLatch stopped) {
    demo.close();
    stopped.countDown();
  }
}
