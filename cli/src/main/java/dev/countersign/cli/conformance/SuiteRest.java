package dev.countersign.cli.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.countersign.protocol.json.JsonLimits;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.remote.HttpsExchange;
import dev.countersign.remote.RemoteAnswer;
import dev.countersign.remote.RemoteException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The REST interface of a running suite, as far as plans and tests are begun and watched. */
public final class SuiteRest {
  /** The longest answer: a plan names all of its tests. */
  public static final int MAX_BYTES = 1024 * 1024;

  private static final JsonLimits LIMITS = JsonLimits.DEFAULT.withMaxBytes(MAX_BYTES);
  private static final int CREATED = 201;
  private static final int OK = 200;

  private final URI suite;
  private final HttpsExchange http;

  /** Of the suite at this address. */
  public SuiteRest(URI suite, HttpsExchange http) {
    this.suite = suite;
    this.http = http;
  }

  /** A plan that was made, and its tests in order. */
  record Plan(String id, List<Module> modules) {}

  /** A test of a plan. */
  record Module(String name, Optional<JsonObject> parameters) {}

  /** What became of a test: {@code WAITING}, {@code FINISHED}..., and then {@code PASSED}... */
  record State(String status, String result) {}

  Plan create(String name, JsonObject parameters, String configuration) throws SuiteException {
    String query = "planName=" + encoded(name) + "&variant=" + encoded(parameters.toJson());
    JsonObject made = post("/api/plan?" + query, configuration);
    try {
      List<Module> modules = new ArrayList<>();
      for (JsonObject module : made.objects("modules").orElse(List.of())) {
        modules.add(new Module(text(module, "testModule"), module.object("variant")));
      }
      return new Plan(text(made, "id"), modules);
    } catch (MalformedJsonException e) {
      throw unexpected(e);
    }
  }

  /** Begins a test; gives back its id. */
  String begin(Plan plan, Module module) throws SuiteException {
    String query = "test=" + encoded(module.name()) + "&plan=" + encoded(plan.id());
    String parameters =
        module.parameters().map(json -> "&variant=" + encoded(json.toJson())).orElse("");
    return text(post("/api/runner?" + query + parameters, ""), "id");
  }

  State state(String id) throws SuiteException {
    JsonObject info =
        send(HttpRequest.newBuilder(suite.resolve("/api/info/" + encoded(id))).build(), OK);
    try {
      return new State(text(info, "status"), info.string("result").orElse("no result"));
    } catch (MalformedJsonException e) {
      throw unexpected(e);
    }
  }

  /** Where a person sees the plan. */
  URI page(Plan plan) {
    return suite.resolve("/plan-detail.html?plan=" + encoded(plan.id()));
  }

  private JsonObject post(String path, String body) throws SuiteException {
    return send(
        HttpRequest.newBuilder(suite.resolve(path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build(),
        CREATED);
  }

  private JsonObject send(HttpRequest request, int expected) throws SuiteException {
    try {
      RemoteAnswer answer = http.send(request);
      if (answer.status() != expected) {
        throw new SuiteException(
            "The suite answered %d at %s: %s"
                .formatted(
                    answer.status(), request.uri().getPath(), new String(answer.body(), UTF_8)));
      }
      return JsonObject.parse(answer.body(), LIMITS);
    } catch (RemoteException e) {
      throw new SuiteException("The suite does not answer: " + e.getMessage(), e);
    } catch (MalformedJsonException e) {
      throw unexpected(e);
    }
  }

  private static String text(JsonObject json, String name) throws SuiteException {
    try {
      return json.string(name)
          .orElseThrow(() -> new SuiteException("The suite's answer has no " + name + "."));
    } catch (MalformedJsonException e) {
      throw unexpected(e);
    }
  }

  private static SuiteException unexpected(MalformedJsonException e) {
    return new SuiteException("The suite's answer is not what was expected: " + e.reason(), e);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }
}
