package dev.countersign.server.interaction;

import dev.countersign.edge.HttpRequest;
import dev.countersign.edge.HttpResponse;
import dev.countersign.protocol.http.Form;
import dev.countersign.server.refusal.Endpoint;
import dev.countersign.server.refusal.RequestLog;
import java.time.Instant;

/** {@code GET} of an interaction: shows what comes next, or answers the client. */
public final class InteractionEndpoint implements Endpoint {
  private final Gate gate;
  private final InteractionPages pages;
  private final Decisions decisions;

  /** The dispatcher's address. */
  public InteractionEndpoint(Gate gate, InteractionPages pages, Decisions decisions) {
    this.gate = gate;
    this.pages = pages;
    this.decisions = decisions;
  }

  @Override
  public HttpResponse handle(HttpRequest request, Instant now, RequestLog log) {
    Form form = Form.parseQuery(request.query().orElse(""));
    OwnInteraction own = gate.enter(request, form, now, log);
    return switch (Dispatcher.next(own, now)) {
      case Step.LogIn step -> pages.login(own, step, request);
      case Step.Decide step -> pages.consent(own, step, request);
      case Step.Unasked step -> decisions.unasked(own, step, now);
      case Step.Answer step -> decisions.no(own, step.error(), step.description(), now);
    };
  }
}
