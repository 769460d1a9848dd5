package dev.countersign.server.interaction;

import dev.countersign.edge.HttpRequest;
import dev.countersign.edge.HttpResponse;
import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.server.browser.FormToken;
import dev.countersign.server.browser.InteractionUrls;
import dev.countersign.server.details.DetailTypes;
import dev.countersign.server.http.FormBody;
import dev.countersign.server.refusal.Endpoint;
import dev.countersign.server.refusal.RequestLog;
import java.time.Instant;
import java.util.Optional;

/** {@code POST} of the consent form. */
public final class ConsentEndpoint implements Endpoint {
  private final Gate gate;
  private final InteractionPages pages;
  private final Decisions decisions;
  private final InteractionUrls urls;
  private final DetailTypes types;

  /** Takes decisions. */
  public ConsentEndpoint(
      Gate gate,
      InteractionPages pages,
      Decisions decisions,
      InteractionUrls urls,
      DetailTypes types) {
    this.gate = gate;
    this.pages = pages;
    this.decisions = decisions;
    this.urls = urls;
    this.types = types;
  }

  @Override
  public HttpResponse handle(HttpRequest request, Instant now, RequestLog log) {
    Form form = FormBody.read(request);
    OwnInteraction own = gate.enter(request, form, now, log);
    Optional<FormToken> sent = FormToken.of(form, request.headers(), urls);
    Optional<Step.Decide> decision =
        decision(Dispatcher.next(own, now)).filter(step -> Gate.isFormOf(own, step, sent));
    if (decision.isEmpty()) {
      return HttpResponse.redirect303(urls.interaction(own.id()));
    }
    return switch (form.value("choice").orElse("")) {
      case "allow" -> allow(own, decision.get(), form, request, now);
      case "deny" ->
          decisions.no(own, OAuthError.ACCESS_DENIED, "The person did not allow it", now);
      default -> HttpResponse.redirect303(urls.interaction(own.id()));
    };
  }

  /** A yes counts once all was chosen that is to be; until then the page is shown again. */
  private HttpResponse allow(
      OwnInteraction own, Step.Decide step, Form form, HttpRequest request, Instant now) {
    Picks picks = Picks.of(step.asks().details(), form, types::fits);
    return picks
        .details()
        .map(details -> decisions.yes(own, step, details, now))
        .orElseGet(() -> pages.consentAgain(own, step, picks, request));
  }

  /**
   * What the form decides. Its token names the person: a form that one person saw is not taken from
   * another. If the same was allowed in another tab meanwhile, nobody need be asked any more, but a
   * no that is given here is still a no.
   */
  private static Optional<Step.Decide> decision(Step step) {
    return switch (step) {
      case Step.Decide decide -> Optional.of(decide);
      case Step.Unasked unasked -> Optional.of(unasked.decision());
      case Step.LogIn _, Step.Answer _ -> Optional.empty();
    };
  }
}
