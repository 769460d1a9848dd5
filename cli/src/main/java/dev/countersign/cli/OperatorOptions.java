package dev.countersign.cli;

import dev.countersign.cli.operator.NotDoneException;
import dev.countersign.cli.operator.OperatorApi;
import dev.countersign.client.AuthorizationRefused;
import dev.countersign.client.ClientAuthentication;
import dev.countersign.client.ClientException;
import dev.countersign.client.FapiClient;
import dev.countersign.client.FapiClientBuilder;
import dev.countersign.client.MetadataFault;
import dev.countersign.client.ProtocolViolation;
import dev.countersign.client.ServerRefused;
import dev.countersign.client.TransportFault;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.Issuer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Option;

/** By which client a command asks which server. */
final class OperatorOptions {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  @Option(
      names = "--issuer",
      required = true,
      paramLabel = "URL",
      converter = IssuerConverter.class,
      description = "The server, by its issuer as it names itself.")
  private Issuer issuer = new Issuer("https://invalid.example");

  @Option(
      names = "--client-id",
      required = true,
      paramLabel = "ID",
      description =
          "A client of the server's configuration with the scope countersign_operator and the"
              + " grant client_credentials.")
  private String clientId = "";

  @Option(
      names = "--key",
      required = true,
      paramLabel = "FILE",
      description = "Its private JWK, or a set of one, for private_key_jwt.")
  private Path key = Path.of("");

  @Option(
      names = "--dpop-key",
      paramLabel = "FILE",
      description =
          "Another private JWK, which its tokens are bound to. Default: a fresh one each time.")
  private Optional<Path> dpopKey = Optional.empty();

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      description =
          "PEM of the authorities to trust in place of those of Java, or of a certificate that"
              + " signed itself.")
  private Optional<Path> ca = Optional.empty();

  @Option(names = "--json", description = "Print JSON, one object a line, for programs.")
  private boolean json;

  /** Whether the output is for programs. */
  boolean json() {
    return json;
  }

  /** What a command asks of a server. */
  @FunctionalInterface
  interface Work {
    /** Asks it; gives back the exit code. */
    int with(OperatorApi api) throws ClientException, NotDoneException, CommandFailure;
  }

  /** Asks the server; whatever keeps it from being done becomes a sentence for people. */
  int run(Work work) throws CommandFailure {
    RecentLog.instead();
    OperatorApi api = new OperatorApi(client(), issuer);
    try {
      return work.with(api);
    } catch (NotDoneException e) {
      throw new CommandFailure(ExitCode.FAILED, "Not done: " + e.getMessage() + ".", e);
    } catch (ClientException e) {
      throw failure(e);
    }
  }

  private FapiClient client() throws CommandFailure {
    try {
      FapiClientBuilder client =
          FapiClient.builder(
                  issuer,
                  new ClientId(clientId),
                  new ClientAuthentication.PrivateKeyJwt(ClientFiles.key(key)))
              .sslContext(ClientFiles.trust(ca))
              .timeout(TIMEOUT);
      if (dpopKey.isPresent()) {
        client.dpopKey(ClientFiles.key(dpopKey.get()));
      }
      return client.build();
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(ExitCode.USAGE, e.getMessage() + ". Try --help.", e);
    }
  }

  private CommandFailure failure(ClientException fault) {
    return switch (fault) {
      case ServerRefused refused ->
          new CommandFailure(
              ExitCode.FAILED,
              "Not done: "
                  + refused.getMessage()
                  + ". Is "
                  + clientId
                  + " registered there, with this key, the grant client_credentials and the scope"
                  + " countersign_operator?",
              refused);
      case TransportFault unreachable ->
          new CommandFailure(
              ExitCode.UNAVAILABLE, "Not done: " + unreachable.getMessage() + ".", unreachable);
      case MetadataFault other -> notDone(other);
      case ProtocolViolation other -> notDone(other);
      case AuthorizationRefused other -> notDone(other);
    };
  }

  private static CommandFailure notDone(ClientException fault) {
    return new CommandFailure(ExitCode.FAILED, "Not done: " + fault.getMessage() + ".", fault);
  }
}
