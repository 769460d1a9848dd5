package dev.countersign.server.browser;

import dev.countersign.edge.HttpRequest;
import dev.countersign.edge.HttpResponse;
import dev.countersign.protocol.oauth.RedirectUri;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.requirement.Enforces;
import dev.countersign.server.refusal.RefusalWriter;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.net.URI;

/**
 * Renders pages and gives them their headers. They work without script, load nothing from elsewhere
 * and cannot be framed. Safe for any number of threads.
 */
public final class Pages implements RefusalWriter {
  private static final String POLICY =
      "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors"
          + " 'none'; form-action 'self'";

  private final TemplateEngine templates;
  private final String stylesheet;

  /**
   * Pages of one server.
   *
   * @param stylesheet path of the style sheet
   */
  public Pages(String stylesheet) {
    this.templates = TemplateEngine.createPrecompiled(ContentType.Html);
    this.stylesheet = stylesheet;
  }

  /**
   * A page whose form may end in a redirect to the client: browsers hold every redirect after a
   * form against {@code form-action} too, those that the client makes in its turn included. The
   * login page, whose form has a password, lets it go no further than to the client; a decision may
   * lead anywhere over TLS.
   */
  public HttpResponse show(int status, Page page, RedirectUri redirectUri) {
    return show(
        status,
        page,
        switch (page) {
          case Page.Login _ -> POLICY + " " + origin(redirectUri);
          case Page.Consent _ -> POLICY + " https: " + origin(redirectUri);
          case Page.Logout _, Page.Failure _ -> POLICY;
        });
  }

  /** A page whose form stays here. */
  public HttpResponse show(int status, Page.Logout page) {
    return show(status, page, POLICY);
  }

  /** The error page: our own words for the refusal, never anything of the request. */
  @Override
  public HttpResponse write(Refusal refusal, HttpRequest request) {
    return show(refusal.status(), new Page.Failure(refusal.description()), POLICY);
  }

  @Enforces({"BCP-4.2", "BCP-4.16"})
  private HttpResponse show(int status, Page page, String policy) {
    StringOutput html = new StringOutput();
    templates.render(page.template(), new View<>(page, stylesheet), html);
    return HttpResponse.html(status, html.toString())
        .with("Content-Security-Policy", policy)
        .with("X-Frame-Options", "DENY")
        .with("Referrer-Policy", "no-referrer")
        .with("X-Content-Type-Options", "nosniff")
        .with("Cache-Control", "no-store");
  }

  /** As a source of CSP, which has no form for an IPv6 address: the scheme stands for it. */
  private static String origin(RedirectUri redirectUri) {
    URI uri = redirectUri.uri();
    return uri.getHost().startsWith("[")
        ? uri.getScheme() + ":"
        : uri.getScheme() + "://" + uri.getRawAuthority();
  }

  /**
   * What a template gets.
   *
   * @param page what to show
   * @param stylesheet path of the style sheet
   */
  public record View<P extends Page>(P page, String stylesheet) {}
}
