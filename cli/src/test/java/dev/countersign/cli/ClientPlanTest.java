package dev.countersign.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.edge.Handler;
import dev.countersign.edge.HttpRequest;
import dev.countersign.edge.HttpResponse;
import dev.countersign.edge.HttpsServer;
import dev.countersign.edge.TlsIdentity;
import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.testkit.TestTls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The tests of a plan for clients, one after the other, with a suite that follows a script. */
@Timeout(60)
class ClientPlanTest {
  private static final String VARIANT = "private_key_jwt-dpop-openid_connect";

  private static final AtomicReference<ScriptedSuite> SCRIPT = new AtomicReference<>();

  @TempDir private static Path folder;

  private static HttpsServer server;

  private final ScriptedSuite suite = new ScriptedSuite();

  /** Answers as the suite's REST interface does; what else comes is the client's. */
  private static final class ScriptedSuite implements Handler {
    private final Map<String, String> results = new LinkedHashMap<>();
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private int refusal;

    /** One more test: it waits for the client, or is over at once. */
    void test(String name, String result, boolean waits) {
      results.put(name, (waits ? "waits " : "") + result);
    }

    @Override
    public HttpResponse handle(HttpRequest request) throws Exception {
      String query = request.query().orElse("");
      heard.add(request.method() + " " + request.path());
      if (request.path().equals("/api/plan")) {
        bodies.add(new String(request.body(), UTF_8));
        bodies.add(query);
        return refusal > 0 ? HttpResponse.empty(refusal) : HttpResponse.json(201, plan());
      }
      if (request.path().equals("/api/runner")) {
        return HttpResponse.json(
            201,
            JsonObject.builder()
                .put("id", Form.parseQuery(query).value("test").orElseThrow())
                .build());
      }
      if (request.path().startsWith("/api/info/")) {
        return HttpResponse.json(200, state(request.path().replace("/api/info/", "")));
      }
      return HttpResponse.empty(404);
    }

    private JsonObject plan() {
      List<JsonObject> modules = new ArrayList<>();
      results.keySet().forEach(name -> modules.add(module(name)));
      return JsonObject.builder().put("id", "plan-1").put("modules", modules).build();
    }

    private static JsonObject module(String name) {
      return JsonObject.builder()
          .put("testModule", name)
          .put("variant", JsonObject.builder().put("fapi_response_mode", "plain_response").build())
          .build();
    }

    private JsonObject state(String name) {
      String result = results.getOrDefault(name, "");
      boolean waiting = result.startsWith("waits ") && !clientCame();
      JsonObject.Builder state =
          JsonObject.builder().put("status", waiting ? "WAITING" : "FINISHED");
      return waiting ? state.build() : state.put("result", result.replace("waits ", "")).build();
    }

    boolean clientCame() {
      return heard.stream().anyMatch(line -> line.contains("/test/a/countersign/"));
    }
  }

  @BeforeEach
  void follow() {
    SCRIPT.set(suite);
  }

  @BeforeAll
  static void start() throws Exception {
    server =
        HttpsServer.builder()
            .tls(TlsIdentity.of(List.of(TestTls.LOCALHOST.certificate()), TestTls.LOCALHOST.key()))
            .maxBody(1 << 20)
            .handler(request -> SCRIPT.get().handle(request))
            .start();
    Files.writeString(
        folder.resolve("suite.pem"),
        TestTls.pem("CERTIFICATE", TestTls.LOCALHOST.certificate().getEncoded()));
    Ran written =
        Ran.command(
            "conformance",
            "--out=" + folder.resolve("out"),
            "--suite=https://localhost:" + server.port());
    assertThat(written.exitCode()).as(written.err()).isZero();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Path client() {
    return folder.resolve("out/client/" + VARIANT);
  }

  private static Ran run() {
    return run(client());
  }

  private static Ran run(Path client) {
    return Ran.command(
        "conformance", "--test-client=" + client, "--ca=" + folder.resolve("suite.pem"));
  }

  /** The folder with another {@code run.json}. */
  private static Path changed(Path copy, UnaryOperator<String> change) throws IOException {
    for (String name : List.of("run.json", "plan.json", "arguments", "client.private.jwk.json")) {
      Files.copy(client().resolve(name), copy.resolve(name));
    }
    Path run = copy.resolve("run.json");
    Files.writeString(run, change.apply(Files.readString(run)));
    return copy;
  }

  @Test
  void startsTheClientWhereTheSuiteWaitsForIt() throws Exception {
    suite.test("over-at-once", "SKIPPED", false);
    suite.test("happy-path", "PASSED", true);
    Ran run = run();

    assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
    assertThat(run.out())
        .contains(
            "2 tests: https://localhost:" + server.port() + "/plan-detail.html?plan=plan-1\n",
            "SKIPPED    over-at-once\n",
            "PASSED     happy-path\n",
            "client: ");
    assertThat(suite.clientCame()).isTrue();
    assertThat(suite.bodies.getFirst()).isEqualTo(Files.readString(client().resolve("plan.json")));
    Form asked = Form.parseQuery(suite.bodies.getLast());
    assertThat(asked.value("planName")).contains("fapi2-security-profile-final-client-test-plan");
    assertThat(asked.value("variant").orElseThrow())
        .contains("\"client_auth_type\":\"private_key_jwt\"", "\"fapi_client_type\":\"oidc\"");
  }

  @Test
  void failsWhereATestDid() {
    suite.test("one", "PASSED", true);
    suite.test("two", "FAILED", false);
    Ran run = run();

    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.out()).contains("FAILED     two\n");
  }

  @Test
  void takesAWarningForNoSuccess() {
    suite.test("one", "WARNING", false);

    assertThat(run().exitCode()).isEqualTo(ExitCode.FAILED);
  }

  @Test
  void takesAPlanWithoutTestsForNoSuccess() {
    assertThat(run().exitCode()).isEqualTo(ExitCode.FAILED);
  }

  @Test
  void saysThatTheSuiteRefusesThePlan() {
    suite.refusal = 500;
    Ran run = run();

    assertThat(run.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
    assertThat(run.err()).contains("The suite answered 500 at /api/plan").doesNotContain("Exc");
  }

  @Test
  void saysThatTheSuiteIsNotThereOrNotTrusted(@TempDir Path copy) throws IOException {
    Ran untrusted = Ran.command("conformance", "--test-client=" + client());
    assertThat(untrusted.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
    Ran gone = run(changed(copy, text -> text.replace(":" + server.port(), ":1")));

    assertThat(gone.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
    assertThat(gone.err()).contains("The suite does not answer").doesNotContain("Exception");
  }

  @Test
  void wantsAFolderThatWasWrittenForIt(@TempDir Path copy) throws Exception {
    Ran none = Ran.command("conformance", "--test-client=" + folder.resolve("none"));
    assertThat(none.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(none.err()).contains("No file arguments in", "below OUT/client");

    Ran empty = run(changed(copy, _ -> "{}"));
    assertThat(empty.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(empty.err()).contains("run.json is not what `countersign conformance --out`");
  }
}
