package dev.countersign.it.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.attacker.Attack;
import dev.countersign.attacker.play.Result;
import dev.countersign.attacker.play.Verdict;
import dev.countersign.attacker.report.Findings;
import dev.countersign.protocol.jose.Jose;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The attacker against a server that nobody here wrote: it runs to the end there, tells the same as
 * the documents do, and no recipe takes our own manners for the specification's.
 */
@Tag("full")
class PeerTest {
  private static final Path DOCUMENT =
      Path.of(System.getProperty("countersign.root", ".."), "docs", "attacker-model.md");

  @TempDir private static Path folder;

  private static Findings findings;

  @BeforeAll
  static void attack() throws IOException {
    Peer.install();
    try (Peer peer = Peer.start(folder)) {
      findings =
          Attack.run(
              new Attack.Settings(
                  peer.target(), Jose.jdk(), new SecureRandom(), InstantSource.system(), Set.of()),
              new Quiet());
    }
  }

  private static Set<String> ids(Verdict verdict) {
    return findings.results().stream()
        .filter(result -> result.verdict() == verdict)
        .map(result -> result.about().id())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void noRecipeStumbles() {
    List<String> stumbled =
        findings.results().stream()
            .map(Result::reason)
            .filter(reason -> reason.startsWith("the recipe itself failed"))
            .toList();
    assertThat(stumbled).isEmpty();
  }

  @Test
  void mostRecipesThatApplyComeToAnEnd() {
    long run = findings.results().size() - findings.count(Verdict.NOT_RUN);
    assertThat(run).isGreaterThan(50);
    assertThat(findings.count(Verdict.SECURE)).isGreaterThan(run / 2);
    assertThat(findings.count(Verdict.INCONCLUSIVE)).isLessThan(run / 10);
  }

  @Test
  void theDocumentsTellWhatWasFound() throws IOException {
    String told = Files.readString(DOCUMENT);
    assertThat(told).contains("`oidc-provider` " + Peer.version());
    assertThat(ids(Verdict.VULNERABLE))
        .allSatisfy(id -> assertThat(told).as("what %s found", id).contains("| " + id + " |"));
  }
}
