package dev.countersign.cli;

import dev.countersign.attacker.Attack;
import dev.countersign.attacker.deployment.InvalidTargetException;
import dev.countersign.attacker.deployment.Target;
import dev.countersign.attacker.deployment.TargetFile;
import dev.countersign.attacker.play.Verdict;
import dev.countersign.attacker.report.Findings;
import dev.countersign.attacker.report.RecipeList;
import dev.countersign.attacker.report.TerminalReport;
import dev.countersign.cli.attack.Chosen;
import dev.countersign.cli.attack.ReportFiles;
import dev.countersign.demo.attacked.AttackedScene;
import dev.countersign.demo.attacked.HastyClock;
import dev.countersign.edge.CannotListenException;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.json.OneLine;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code countersign attack}. */
@Command(
    name = "attack",
    description = {
      "Runs the FAPI 2.0 Attacker Model as attacks against a live deployment: each recipe first"
          + " does the same thing right, then what must be refused.",
      "Only attack what is yours, or what its owner lets you attack. Nothing is reached but the"
          + " servers that FILE allows, and never faster than it allows; test users are logged in."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:nothing is vulnerable, and nothing inconclusive",
      "1:something is vulnerable",
      "2:the command line or FILE is wrong",
      "3:something is inconclusive, and nothing vulnerable",
      "69:the server cannot be reached or has no metadata, or a report cannot be written",
      "130:it was interrupted by Ctrl-C (143: by SIGTERM); reports tell how far it came"
    })
final class AttackCommand implements Callable<Integer> {
  @ArgGroup(multiplicity = "1")
  private Subject subject = new Subject();

  @Option(
      names = "--only",
      paramLabel = "ID",
      split = ",",
      description =
          "Play the recipes of this id or name alone, such as A1-19 or code-replay. May be given"
              + " several times.")
  private List<String> only = List.of();

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Write a page that stands alone, with every request and answer.")
  private Optional<Path> html = Optional.empty();

  @Option(
      names = "--junit",
      paramLabel = "FILE",
      description = "Write JUnit XML, for build servers.")
  private Optional<Path> junit = Optional.empty();

  @Option(names = "--json", paramLabel = "FILE", description = "Write JSON, for programs.")
  private Optional<Path> json = Optional.empty();

  @Option(
      names = "--inconclusive-ok",
      description = "Exit with 0 also if something is inconclusive.")
  private boolean inconclusiveOk;

  @Option(
      names = "--crypto",
      paramLabel = "PROVIDER",
      defaultValue = "auto",
      description =
          "Who does the cryptography: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private CryptoChoice crypto = CryptoChoice.AUTO;

  private final Surroundings with;

  AttackCommand(Surroundings with) {
    this.with = with;
  }

  /** One of the three. */
  private static final class Subject {
    @Parameters(
        paramLabel = "FILE",
        arity = "0..1",
        description = "YAML that describes the deployment, and whom the attack may reach.")
    private @Nullable Path file;

    @Option(
        names = "--demo",
        required = true,
        description = "Attack a deployment of ours, which is put up on this machine for it.")
    private boolean demo;

    @Option(
        names = "--list",
        required = true,
        description = "Tell all recipes, or those of --only. Nothing is attacked.")
    private boolean list;
  }

  @Override
  public Integer call() throws CommandFailure {
    Chosen chosen = Chosen.of(only);
    if (subject.list) {
      list(chosen);
      return ExitCode.OK;
    }
    refuse(chosen.unplayable());
    ReportFiles files = new ReportFiles(html, junit, json);
    refuse(files.fault());
    RecentLog.instead();
    TerminalReport report = new TerminalReport(with.out(), with.colour(), with.columns());
    AttackRun run = new AttackRun(with.out(), report, chosen, files);
    if (subject.demo) {
      return demo(run, chosen);
    }
    Path file = Objects.requireNonNull(subject.file, "one of the three is given");
    Target target = target(file);
    Jose jose = new Crypto().choose(crypto);
    report.announce(target, file.toString(), chosen.played().size());
    Attack.Settings settings =
        new Attack.Settings(target, jose, new SecureRandom(), InstantSource.system(), chosen.ids());
    return exitCode(run.by(settings, () -> {}), inconclusiveOk);
  }

  private void list(Chosen chosen) throws CommandFailure {
    refuse(chosen.unknown());
    RecipeList list = new RecipeList(with.out(), with.colour(), with.columns());
    chosen.played().forEach(list::print);
    chosen.unplayed().forEach(one -> list.print(one.about(), one.reason()));
    with.out().flush();
  }

  private static void refuse(Optional<String> fault) throws CommandFailure {
    if (fault.isPresent()) {
      throw new CommandFailure(ExitCode.USAGE, OneLine.of(fault.get()));
    }
  }

  private static Target target(Path file) throws CommandFailure {
    try {
      return TargetFile.read(file);
    } catch (InvalidTargetException e) {
      throw new CommandFailure(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
    }
  }

  private int demo(AttackRun run, Chosen chosen) throws CommandFailure {
    Jose jose = new Crypto().choose(crypto);
    HastyClock clock = new HastyClock();
    try (AttackedScene scene = AttackedScene.open(jose, clock)) {
      Attack.Settings settings =
          new Attack.Settings(scene.target(), jose, new SecureRandom(), clock, chosen.ids(), clock);
      return exitCode(run.by(settings, scene::close), inconclusiveOk);
    } catch (CannotListenException e) {
      throw new CommandFailure(ExitCode.UNAVAILABLE, String.valueOf(e.getMessage()), e);
    }
  }

  /** By what was found; what was not tried is no reason to stop a pipeline. */
  static int exitCode(Findings findings, boolean inconclusiveOk) {
    if (findings.count(Verdict.VULNERABLE) > 0) {
      return ExitCode.FAILED;
    }
    return findings.count(Verdict.INCONCLUSIVE) > 0 && !inconclusiveOk
        ? ExitCode.INCONCLUSIVE
        : ExitCode.OK;
  }
}
