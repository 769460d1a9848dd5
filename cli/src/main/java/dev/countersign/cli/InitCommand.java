package dev.countersign.cli;

import dev.countersign.cli.init.FirstDeployment;
import dev.countersign.cli.init.NewFile;
import dev.countersign.cli.init.NewFolder;
import dev.countersign.protocol.oauth.Issuer;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code countersign init}. */
@Command(
    name = "init",
    description = {
      "Writes a first deployment into a folder: a commented countersign.yaml, a certificate to"
          + " start with, a client and a user, all with fresh keys. The server starts with it.",
      "Overwrites nothing. The password of the user is printed once, and stored nowhere."
    },
    mixinStandardHelpOptions = true)
final class InitCommand implements Callable<Integer> {
  @Option(
      names = "--issuer",
      paramLabel = "URL",
      converter = IssuerConverter.class,
      defaultValue = "https://localhost:8443",
      description = "The public address of the server. Default: ${DEFAULT-VALUE}.")
  private Issuer issuer = new Issuer("https://localhost:8443");

  @Option(
      names = "--folder",
      paramLabel = "DIR",
      defaultValue = ".",
      description = "Where to write; made if it is not there. Default: this folder.")
  private Path folder = Path.of(".");

  private final Surroundings with;

  InitCommand(Surroundings with) {
    this.with = with;
  }

  @Override
  public Integer call() throws CommandFailure {
    FirstDeployment deployment =
        FirstDeployment.of(issuer, InstantSource.system().instant(), new SecureRandom());
    write(deployment);
    tell(deployment, with.out());
    with.out().flush();
    return ExitCode.OK;
  }

  private void write(FirstDeployment deployment) throws CommandFailure {
    NewFolder target = new NewFolder(folder);
    // A store of another server would bring its keys and grants along.
    List<String> taken =
        target.taken(
            Stream.concat(
                deployment.files().stream().map(NewFile::name), Stream.of(FirstDeployment.STORE)));
    if (!taken.isEmpty()) {
      throw refused(String.join(", ", taken.stream().map(this::path).toList()));
    }
    try {
      target.write(deployment.files());
    } catch (FileAlreadyExistsException e) {
      throw refused(String.valueOf(e.getFile()));
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.UNAVAILABLE, "The folder " + folder + " cannot be written.", e);
    }
  }

  private static CommandFailure refused(String names) {
    return new CommandFailure(
        ExitCode.USAGE,
        "Nothing was written, because it is there already: "
            + names
            + ". Choose another --folder, or move it away.");
  }

  private void tell(FirstDeployment deployment, PrintStream out) {
    out.println("Written:");
    deployment
        .files()
        .reversed()
        .forEach(file -> out.println("  %s%n      %s".formatted(path(file.name()), file.about())));
    out.println();
    out.println("The user '" + FirstDeployment.USERNAME + "' has this password. It is shown once:");
    out.println("  " + deployment.password());
    out.println();
    out.println("Next:");
    String config = path(FirstDeployment.CONFIG);
    out.println("  1. Look through " + config + ". Before others use the server, put a");
    out.println(
        "     certificate of your authority with its key in place of the self-signed one"
            + listening());
    out.println("  2. countersign check --config " + config);
    out.println("  3. countersign serve --config " + config);
    out.println("     It answers when this prints its metadata:");
    out.println("     " + curl());
  }

  private String listening() {
    return isReached()
        ? "."
        : ",\n     and see to it that the issuer leads to where it listens: " + local() + ".";
  }

  private String curl() {
    return "curl --cacert "
        + path(FirstDeployment.CERTIFICATE)
        + (isReached() ? " " : " --connect-to ::" + local() + " ")
        + issuer.openIdConfiguration();
  }

  /** Whether the issuer's address leads to where the server listens. */
  private boolean isReached() {
    return issuer.uri().getHost().equals("localhost")
        && issuer.uri().getPort() == FirstDeployment.port(issuer);
  }

  private String local() {
    return FirstDeployment.HOST + ":" + FirstDeployment.port(issuer);
  }

  /** A file of the folder, as it can be typed into a shell. */
  private String path(String name) {
    String path = folder.resolve(name).normalize().toString();
    return path.matches("[A-Za-z0-9_./~+-]+") ? path : "'" + path.replace("'", "'\\''") + "'";
  }
}
