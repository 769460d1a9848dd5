package dev.countersign.server.interaction;

import dev.countersign.edge.HttpRequest;
import dev.countersign.edge.HttpResponse;
import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.server.browser.InteractionUrls;
import dev.countersign.server.http.FormBody;
import dev.countersign.server.refusal.Endpoint;
import dev.countersign.server.refusal.RequestLog;
import java.time.Instant;

/** {@code POST} of the consent form. */
public final class ConsentEndpoint implements Endpoint {
  private final Gate gate;
  private final Decisions decisions;
  private final InteractionUrls urls;

  /** Takes decisions. */
  public ConsentEndpoint(Gate gate, Decisions decisions, InteractionUrls urls) {
    this.gate = gate;
    this.decisions = decisions;
    this.urls = urls;
  }

  @Override
  public HttpResponse handle(HttpRequest request, Instant now, RequestLog log) {
    Form form = FormBody.read(request);
    OwnInteraction own = gate.enter(request, form, now, log);
    // The step names the person: a form that one person saw is not taken from another.
    if (!(Dispatcher.next(own, now) instanceof Step.Decide step)
        || !Gate.isFormOf(own, step, form)) {
      return HttpResponse.redirect303(urls.interaction(own.id()));
    }
    return switch (form.value("choice").orElse("")) {
      case "allow" -> decisions.yes(own, step, now);
      case "deny" ->
          decisions.no(own, OAuthError.ACCESS_DENIED, "The person did not allow it", now);
      default -> HttpResponse.redirect303(urls.interaction(own.id()));
    };
  }
}
