package dev.countersign.demo.suite;

import dev.countersign.edge.Handler;
import dev.countersign.edge.HttpRequest;
import dev.countersign.edge.HttpResponse;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.resource.Access;
import dev.countersign.resource.ResourceRequest;
import dev.countersign.resource.ResourceServer;
import dev.countersign.resource.Verdict;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * {@code GET /accounts} for the scope {@code accounts}: 200 with JSON for everybody who is let in.
 * Safe for any number of threads.
 */
final class AccountsApi implements Handler {
  static final String PATH = "/accounts";

  private static final Scope ACCOUNTS = Scope.of("accounts");
  private static final Logger LOG = LoggerFactory.getLogger("dev.countersign.demo.suite.request");

  private final ResourceServer guard;

  AccountsApi(ResourceServer guard) {
    this.guard = guard;
  }

  @Override
  public HttpResponse handle(HttpRequest request) {
    if (!request.path().equals(PATH)) {
      return HttpResponse.empty(404);
    }
    if (!request.method().equals("GET")) {
      return HttpResponse.empty(405).with("Allow", "GET");
    }
    Verdict verdict =
        guard.judge(
            new ResourceRequest(
                request.method(),
                request.path(),
                request.query(),
                request.headers(),
                request.clientCertificates()),
            ACCOUNTS);
    HttpResponse response =
        switch (verdict) {
          case Verdict.Admitted in -> HttpResponse.json(200, accounts(in.access()));
          case Verdict.Refused no -> HttpResponse.empty(no.status());
        };
    for (Map.Entry<String, String> header : verdict.headers()) {
      response = response.adding(header.getKey(), header.getValue());
    }
    log(verdict, response);
    return response;
  }

  private static JsonObject accounts(Access access) {
    JsonObject account =
        JsonObject.builder()
            .put("id", "current")
            .put("owner", access.subject().value())
            .put("currency", "EUR")
            .put("balance", "1520.00")
            .build();
    return JsonObject.builder().put("accounts", List.of(account)).build();
  }

  private static void log(Verdict verdict, HttpResponse response) {
    LoggingEventBuilder line =
        LOG.atInfo()
            .addKeyValue("interaction_id", verdict.interactionId().value())
            .addKeyValue("status", response.status());
    if (verdict instanceof Verdict.Refused no) {
      line = line.addKeyValue("rule", no.refusal().rule().value());
    }
    line.log("request");
  }
}
