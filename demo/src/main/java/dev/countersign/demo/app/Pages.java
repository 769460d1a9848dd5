package dev.countersign.demo.app;

import dev.countersign.client.BrowserSession;
import dev.countersign.edge.HttpResponse;
import dev.countersign.requirement.Enforces;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.net.URI;
import java.util.Optional;

/**
 * Renders the pages. They work without script and load nothing from elsewhere. Safe for any number
 * of threads. Public for the templates.
 */
public final class Pages {
  private static final String GENERATED = "dev.countersign.demo.pages";

  private final TemplateEngine templates =
      TemplateEngine.createPrecompiled(null, ContentType.Html, null, GENERATED);
  private final String policy;
  private final String atTheBank;

  /**
   * Pages of the application.
   *
   * @param server where the form that connects a bank may lead: browsers hold redirects after a
   *     form against {@code form-action} too
   * @param atTheBank where people see at their bank who has access
   */
  Pages(URI server, URI atTheBank) {
    this.atTheBank = atTheBank.toString();
    this.policy =
        "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors"
            + " 'none'; form-action 'self' "
            + server;
  }

  /**
   * What a template gets.
   *
   * @param screen what to show
   * @param person who connected a bank, if anybody did
   * @param connectToken token of the form that connects
   * @param disconnectToken token of the form that disconnects
   * @param atTheBank where the person sees at the bank who has access
   */
  public record View<S extends Screen>(
      S screen,
      Optional<String> person,
      String connectToken,
      String disconnectToken,
      String atTheBank) {}

  HttpResponse show(int status, Screen screen, Visit visit) {
    BrowserSession session = visit.session();
    StringOutput html = new StringOutput();
    templates.render(
        screen.template(),
        new View<>(
            screen,
            visit.visitor().map(Visitor::name),
            session.startToken(),
            FormToken.of(session, Connecting.DISCONNECT),
            atTheBank),
        html);
    return SessionCookie.set(HttpResponse.html(status, html.toString()), session);
  }

  /** What every answer carries: the address of the callback, which holds a code, reaches nobody. */
  @Enforces("BCP-4.2")
  HttpResponse guarded(HttpResponse response) {
    return response
        .with("Content-Security-Policy", policy)
        .with("X-Frame-Options", "DENY")
        .with("X-Content-Type-Options", "nosniff")
        .with("Referrer-Policy", "no-referrer")
        .with("Cross-Origin-Opener-Policy", "same-origin")
        .with("Cross-Origin-Resource-Policy", "same-origin");
  }
}
