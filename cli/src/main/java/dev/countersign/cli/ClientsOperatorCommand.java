package dev.countersign.cli;

import dev.countersign.cli.init.NewFile;
import dev.countersign.cli.init.NewFolder;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.json.OneLine;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.server.client.RegisteredClient;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code countersign clients operator}. */
@Command(
    name = "operator",
    description = {
      "Makes a client for an operator: writes a fresh private key into a file that only its owner"
          + " can read, and the client, for a file of clients_dir, into another one, or prints it.",
      "Whoever has the key can see and end all grants of the server. Nothing is asked of a server."
    },
    mixinStandardHelpOptions = true)
final class ClientsOperatorCommand implements Callable<Integer> {
  @Option(
      names = "--key",
      required = true,
      paramLabel = "FILE",
      description = "Where to write the private key; nothing is overwritten.")
  private Path key = Path.of("");

  @Option(
      names = "--client",
      paramLabel = "FILE",
      description =
          "Where to write the client; nothing is overwritten, and if one of the two files cannot be"
              + " written, neither is. Default: it is printed.")
  private Optional<Path> target = Optional.empty();

  @Option(
      names = "--client-id",
      paramLabel = "ID",
      defaultValue = "operator",
      description = "What the client is called. Default: ${DEFAULT-VALUE}.")
  private String clientId = "operator";

  private final Surroundings with;

  ClientsOperatorCommand(Surroundings with) {
    this.with = with;
  }

  @Override
  public Integer call() throws CommandFailure {
    SigningKey made = Jose.jdk().generate(SignatureAlgorithm.ES256, new SecureRandom());
    String client = client(made);
    write(made, client);
    with.out()
        .print(
            target
                .map(
                    file ->
                        "Wrote the private key to " + key + " and the client to " + file + ".\n")
                .orElse(client));
    with.out().flush();
    return ExitCode.OK;
  }

  /** A client as YAML: a text between quotes, and keys as JSON, are YAML too. */
  private String client(SigningKey made) throws CommandFailure {
    try {
      return """
      client_id: %s
      name: Operator
      jwks: %s
      grant_types: [client_credentials]
      scope: %s
      """
          .formatted(
              OneLine.quoted(new ClientId(clientId).value()),
              JwkSet.of(List.of(made.publicJwk())).toJson().toJson(),
              RegisteredClient.OPERATOR_SCOPE);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(ExitCode.USAGE, "--client-id: " + e.getMessage(), e);
    }
  }

  /** Both files, or none. */
  private void write(SigningKey made, String client) throws CommandFailure {
    List<NewFile> files = new ArrayList<>();
    String text = made.toPrivateJwk().toIndentedJson() + "\n";
    files.add(new NewFile(absolute(key), true, text, "the private key"));
    target.ifPresent(file -> files.add(new NewFile(absolute(file), false, client, "the client")));
    try {
      // The names are whole ones, so that they lead where they say from any folder.
      new NewFolder(Path.of("")).write(files);
    } catch (FileAlreadyExistsException e) {
      throw new CommandFailure(
          ExitCode.USAGE, e.getFile() + " is there already, and nothing is overwritten.", e);
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.UNAVAILABLE, "Not done: cannot write " + e.getMessage() + ".", e);
    }
  }

  private static String absolute(Path file) {
    return file.toAbsolutePath().normalize().toString();
  }
}
