package dev.countersign.cli;

import dev.countersign.cli.rules.Distance;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what is wrong with a command line, and what was probably meant. */
final class WrongUsage {
  /** How picocli begins what it says of options that exclude each other. */
  private static final String ERROR = "Error: ";

  /** Of a text shorter than this, nothing is like another. */
  private static final int TOO_SHORT = 3;

  private static final int SHORT = 6;

  private WrongUsage() {}

  /** One line, which ends with where the help is. */
  static String tell(ParameterException fault) {
    CommandSpec command = fault.getCommandLine().getCommandSpec();
    return what(fault, command) + " Try " + command.qualifiedName() + " --help.";
  }

  private static String what(ParameterException fault, CommandSpec command) {
    if (fault instanceof UnmatchedArgumentException unmatched) {
      return unmatched(unmatched.getUnmatched().getFirst(), command);
    }
    String words = String.valueOf(fault.getMessage());
    if (!words.startsWith(ERROR)) {
      return words + ".";
    }
    return choice(command)
        .map(ways -> "Give one of " + ways + ", and only one.")
        .orElseGet(() -> words.substring(ERROR.length()) + ".");
  }

  private static String unmatched(String argument, CommandSpec command) {
    if (argument.startsWith("-")) {
      List<String> names =
          command.options().stream().flatMap(one -> Stream.of(one.names())).toList();
      return "There is no option '" + argument + "'." + meant(argument, names);
    }
    return command.subcommands().isEmpty()
        ? "Nothing more is expected: '" + argument + "'."
        : "There is no command '"
            + argument
            + "'."
            + meant(argument, command.subcommands().keySet());
  }

  /** The one that is most like it, if there is one that could have become it by a slip. */
  private static String meant(String argument, Collection<String> names) {
    if (argument.length() < TOO_SHORT) {
      return "";
    }
    int slips = argument.length() < SHORT ? 2 : argument.length() / 3;
    return names.stream()
        .filter(name -> name.startsWith(argument) || Distance.between(argument, name) <= slips)
        .min(Comparator.comparingInt(name -> Distance.between(argument, name)))
        .map(name -> " Did you mean " + name + "?")
        .orElse("");
  }

  /** Those of which one must be given, if the command has such a choice. */
  private static Optional<String> choice(CommandSpec command) {
    return command.argGroups().stream()
        .filter(ArgGroupSpec::exclusive)
        .findFirst()
        .map(group -> listed(ways(group).toList()));
  }

  private static Stream<String> ways(ArgGroupSpec group) {
    return Stream.concat(
        group.args().stream().map(WrongUsage::name),
        // A way with options of its own is called by the one that it needs.
        group.subgroups().stream()
            .flatMap(way -> way.args().stream().filter(ArgSpec::required).map(WrongUsage::name)));
  }

  private static String name(ArgSpec arg) {
    return arg instanceof OptionSpec option ? option.longestName() : arg.paramLabel();
  }

  private static String listed(List<String> ways) {
    return ways.stream().limit(ways.size() - 1L).collect(Collectors.joining(", "))
        + " and "
        + ways.getLast();
  }
}
