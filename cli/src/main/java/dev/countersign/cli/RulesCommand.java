package dev.countersign.cli;

import dev.countersign.cli.rules.RuleText;
import dev.countersign.cli.rules.Rulebook;
import dev.countersign.requirement.CatalogueEntry;
import dev.countersign.requirement.RequirementId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code countersign rules}. */
@Command(
    name = "rules",
    description = {
      "Prints a requirement: what it says, where it is written, which code enforces it and which"
          + " tests show it. Log lines and refusals of the server name requirements by their id.",
      "Without arguments: the documents, and how the ids of their requirements begin."
    },
    mixinStandardHelpOptions = true)
final class RulesCommand implements Callable<Integer> {
  @ArgGroup private Wanted wanted = new Wanted();

  private final Surroundings with;

  RulesCommand(Surroundings with) {
    this.with = with;
  }

  /** One of them, or none. */
  private static final class Wanted {
    @Parameters(
        index = "0",
        paramLabel = "ID",
        arity = "0..1",
        description =
            "A requirement, such as SP-5.3.2.1-8. The beginning of several lists them: SP-5.3.2.")
    private Optional<String> id = Optional.empty();

    @Option(
        names = "--file",
        paramLabel = "FILE",
        description = "List those that a source file, class or package enforces or shows.")
    private Optional<String> file = Optional.empty();

    @Option(
        names = "--search",
        paramLabel = "WORDS",
        description = "List those with all these words.")
    private Optional<String> words = Optional.empty();
  }

  @Override
  public Integer call() throws CommandFailure {
    lines(Rulebook.load()).forEach(with.out()::println);
    with.out().flush();
    return ExitCode.OK;
  }

  private List<String> lines(Rulebook rules) throws CommandFailure {
    if (wanted.id.isPresent()) {
      return named(rules, wanted.id.get());
    }
    if (wanted.file.isPresent()) {
      return found(rules.in(wanted.file.get()), "named in " + wanted.file.get());
    }
    if (wanted.words.isPresent()) {
      return found(rules.with(wanted.words.get()), "with the words '" + wanted.words.get() + "'");
    }
    return RuleText.documents(rules.catalogue().entries());
  }

  private static List<String> named(Rulebook rules, String id) throws CommandFailure {
    Optional<CatalogueEntry> entry = rules.find(id);
    if (entry.isPresent()) {
      return RuleText.whole(entry.get(), rules.traces());
    }
    List<CatalogueEntry> below = rules.below(id);
    if (!below.isEmpty()) {
      return RuleText.list(below);
    }
    String like =
        rules.nearest(id).stream().map(RequirementId::value).collect(Collectors.joining(", "));
    throw new CommandFailure(
        ExitCode.USAGE, "There is no requirement " + id + ". Did you mean one of " + like + "?");
  }

  private static List<String> found(List<CatalogueEntry> entries, String which)
      throws CommandFailure {
    if (entries.isEmpty()) {
      throw new CommandFailure(ExitCode.USAGE, "There is no requirement " + which + ".");
    }
    return RuleText.list(entries);
  }
}
