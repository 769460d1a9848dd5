package dev.countersign.cli;

import dev.countersign.protocol.json.JsonLimits;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.json.OneLine;
import dev.countersign.protocol.rar.DetailType;
import dev.countersign.server.config.ConfigException;
import dev.countersign.server.config.ConfigProblem;
import dev.countersign.server.config.DetailTypeFile;
import dev.countersign.server.details.TypeDefinition;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code countersign types show}. */
@Command(
    name = "show",
    description = {
      "Prints a type of authorization details as JSON, after it was checked as the server checks"
          + " it. What is wrong is told with its line, and nothing is printed then.",
      "APIs and clients read what is printed by DetailType.parse of their libraries: so they"
          + " compare by the very file that the server has, also where that is YAML."
    },
    mixinStandardHelpOptions = true)
final class TypesShowCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "TYPE",
      description =
          "A file (.json, .yaml or .yml), or the name of a type that comes with the product, as"
              + " countersign types lists them.")
  private String type = "";

  private final Surroundings with;

  TypesShowCommand(Surroundings with) {
    this.with = with;
  }

  @Override
  public Integer call() throws CommandFailure {
    String text = definition().type().file().toIndentedJson();
    requireReadable(text);
    // What a terminal would obey is escaped, which JSON reads as the same.
    text.lines().map(OneLine::of).forEach(with.out()::println);
    with.out().flush();
    return ExitCode.OK;
  }

  private TypeDefinition definition() throws CommandFailure {
    if (!DetailTypeFile.isNamedBy(type)) {
      if (DetailType.READY.contains(type)) {
        return TypeDefinition.ready(type);
      }
      throw new CommandFailure(
          ExitCode.USAGE,
          OneLine.of(type + " is neither a file (.json, .yaml or .yml) nor one of: ")
              + String.join(", ", DetailType.READY)
              + ".");
    }
    try {
      return DetailTypeFile.read(Path.of(type));
    } catch (ConfigException e) {
      String problems =
          e.problems().stream().map(ConfigProblem::inOneLine).collect(Collectors.joining("\n"));
      throw new CommandFailure(ExitCode.USAGE, problems, e);
    }
  }

  /** A server takes larger files than the libraries do, which read JSON of strangers, too. */
  private void requireReadable(String text) throws CommandFailure {
    try {
      JsonObject.parse(text);
    } catch (MalformedJsonException e) {
      JsonLimits limits = JsonLimits.DEFAULT;
      throw new CommandFailure(
          ExitCode.FAILED,
          OneLine.of(type)
              + " is right for the server, but the libraries read "
              + limits.maxBytes()
              + " bytes and "
              + limits.maxDepth()
              + " levels of JSON at most, unless they are given JsonLimits.",
          e);
    }
  }
}
