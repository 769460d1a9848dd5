package dev.countersign.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.countersign.attacker.Recipes;
import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Result;
import dev.countersign.attacker.play.Verdict;
import dev.countersign.attacker.report.Findings;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.json.JsonLimits;
import dev.countersign.protocol.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttackCommandTest {
  @TempDir private Path folder;

  private String in(String name) {
    return folder.resolve(name).toString();
  }

  private JsonObject json(String name) throws Exception {
    return JsonObject.parse(
        Files.readAllBytes(folder.resolve(name)), new JsonLimits(16 * 1024 * 1024, 16));
  }

  /** A target whose server is not there. */
  private Path absent() throws IOException {
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    Path key = folder.resolve("app.jwk.json");
    Files.writeString(
        key,
        Jose.jdk().generate(SignatureAlgorithm.ES256, new SecureRandom()).toPrivateJwk().toJson());
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    return Files.writeString(
        folder.resolve("attack.yaml"),
        """
        issuer: https://localhost:%d
        allow: ["localhost:%d"]
        clients:
          - client_id: app
            key: app.jwk.json
            redirect_uri: https://app.example.com/callback
        users:
          - name: anna
            fill: {username: anna, password: not-to-be-told}
            press: [login]
        """
            .formatted(free, free));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          attack | Give one of FILE, --demo and --list, and only one. Try countersign attack --help.
          attack a.yaml --demo | Give one of FILE, --demo and --list, and only one. Try
          attack --demo --list | Give one of FILE, --demo and --list, and only one. Try
          attack --only A1-19 | Give one of FILE, --demo and --list, and only one. Try
          attack --demo --only Z-1 | There is no recipe 'Z-1'. Try countersign attack --list.
          attack --list --only Z-1 | There is no recipe 'Z-1'. Try countersign attack --list.
          attack --demo --only A7-14 | A7-14 is not played: needs a look at the server's logs
          attack --demo --html r --json ./r | Two reports are to go to ./r.
          attack --demo --junit none/r.xml | The folder of none/r.xml is not there, or cannot be
          attack --demo --json / | / is a folder, where a report should go.
          attack none.yaml | The target file has a problem.
          """)
  void refusesWhatCannotBeMeant(String line, String told) {
    Ran ran = Ran.command(line.split(" "));
    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err()).startsWith(told);
    assertThat(ran.out()).isEmpty();
  }

  @Test
  void listsEveryRecipeWithoutAttackingAnybody() {
    Ran list = Ran.command("attack", "--list");
    assertThat(list.exitCode()).isZero();
    assertThat(list.err()).isEmpty();
    assertThat(list.out().lines())
        .contains(
            "A1-19   code-replay [ATT-05]",
            "        A1: authorization",
            "        needs a client, a user, a protected resource",
            "        SP-5.3.2.2-9: a code is redeemed once",
            "A7-14   secrets-in-logs");
    assertThat(list.out().lines().filter(line -> !line.startsWith(" ")))
        .hasSize(Recipes.all().size() + Recipes.unplayed().size());
    assertThat(list.out().lines()).allMatch(line -> line.length() <= 100);
  }

  @Test
  void listsOneRecipeByAnyOfItsIds() {
    Ran list = Ran.command("attack", "--list", "--only", "att-05");
    assertThat(list.out()).startsWith("A1-19   code-replay").doesNotContain("A1-02");
    assertThat(Ran.command("attack", "--list", "--only", "A1-19,J-11").out())
        .contains("A1-19", "J-11");
  }

  @Test
  void listsOneRecipeByItsName() {
    assertThat(Ran.command("attack", "--list", "--only", "Request-Leak-Content").out().lines())
        .filteredOn(line -> !line.startsWith(" "))
        .hasSize(1)
        .first(STRING)
        .contains("request-leak-content")
        .doesNotContain("client-");
  }

  @Test
  void saysItsExitCodes() {
    assertThat(Ran.command("attack", "--help").out())
        .contains(
            "Exit codes:",
            "something is vulnerable",
            "3     something is inconclusive",
            "69",
            "130   it was");
  }

  @Test
  void attacksADeploymentOfOursAndReportsIt() throws Exception {
    Files.writeString(folder.resolve("r.json"), "of an earlier run");
    Ran demo =
        Ran.command(
            "attack",
            "--demo",
            "--crypto=jdk",
            "--only=A1-02",
            "--only=code-replay",
            "--html=" + in("r.html"),
            "--junit=" + in("r.xml"),
            "--json=" + in("r.json"));
    assertThat(demo.err()).isEmpty();
    assertThat(demo.exitCode()).isZero();
    assertThat(demo.out())
        .contains("[1/2] A1-02", "[2/2] A1-19", "No attack succeeded. 2 recipes with")
        .contains("Report: " + in("r.html"))
        .doesNotContain("\u001b", "WARN", "INFO");
    assertThat(json("r.json").objects("recipes").orElseThrow()).hasSize(2);
    assertThat(Files.readString(folder.resolve("r.html"))).contains("recipe-code-replay");
    assertThat(Files.readString(folder.resolve("r.xml"))).contains("A1-19 code-replay");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("r.html", "r.xml", "r.json");
    }
  }

  @Test
  void saysWhatItWillDoToADeploymentThatIsNotOurs() throws Exception {
    Ran ran = Ran.command("attack", absent().toString(), "--crypto=jdk");
    assertThat(ran.out())
        .startsWith("Attack on https://localhost:")
        .contains(
            "  reaches     localhost:", "at most 10 a second and 20000 in all, each given 10 s")
        .contains("  logs in as  anna", "whoever owns what is reached", "recipes     ")
        .doesNotContain("not-to-be-told");
  }

  @Test
  void saysThatNothingCouldBeAttackedInEveryReport() throws Exception {
    Ran ran = Ran.command("attack", absent().toString(), "--crypto=jdk", "--json=" + in("r.json"));
    assertThat(ran.exitCode()).isEqualTo(69);
    assertThat(ran.err()).startsWith("Nothing was attacked: ").contains("localhost:");
    assertThat(ran.err().lines()).hasSize(1);
    JsonObject counts = json("r.json").object("counts").orElseThrow();
    assertThat(counts.integer("NOT_RUN"))
        .contains((long) Recipes.all().size() + Recipes.unplayed().size());
    assertThat(counts.integer("SECURE")).contains(0L);
  }

  @Test
  void namesAllFaultsOfTheFileAtOnce() throws Exception {
    Path file = absent();
    Files.writeString(
        file, Files.readString(file).replace("https:", "http:").replace("client_id:", "client:"));
    Ran ran = Ran.command("attack", file.toString());
    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err())
        .contains("attack.yaml:1: issuer: ", "client_id")
        .doesNotContain("Exception");
    assertThat(ran.out()).isEmpty();
  }

  @Test
  void exitsByTheWeightiestVerdict() {
    assertThat(exit(false, Verdict.SECURE, Verdict.NOT_RUN, Verdict.RESIDUAL)).isZero();
    assertThat(exit(false, Verdict.SECURE_BUT_ODD_CODE)).isZero();
    assertThat(exit(false, Verdict.INCONCLUSIVE, Verdict.SECURE)).isEqualTo(3);
    assertThat(exit(true, Verdict.INCONCLUSIVE, Verdict.SECURE)).isZero();
    assertThat(exit(false, Verdict.INCONCLUSIVE, Verdict.VULNERABLE)).isEqualTo(1);
    assertThat(exit(true, Verdict.INCONCLUSIVE, Verdict.VULNERABLE)).isEqualTo(1);
  }

  private static int exit(boolean inconclusiveOk, Verdict... verdicts) {
    About about =
        About.of("A1-19", "code-replay")
            .by(Attacker.A1)
            .endangers(Goal.AUTHORIZATION)
            .stoppedBy("SP-5.3.2.2-9", "a code is redeemed once")
            .means("It still gives tokens.")
            .change("Take it once.");
    List<Result> results =
        Arrays.stream(verdicts)
            .map(verdict -> new Result(about, verdict, "for a reason", List.of()))
            .toList();
    return AttackCommand.exitCode(
        new Findings("https://as.example.com", Instant.EPOCH, Duration.ZERO, 0, results),
        inconclusiveOk);
  }
}
