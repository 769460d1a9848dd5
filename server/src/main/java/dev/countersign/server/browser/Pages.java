package dev.countersign.server.browser;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.countersign.edge.HttpRequest;
import dev.countersign.edge.HttpResponse;
import dev.countersign.protocol.http.FapiInteractionId;
import dev.countersign.protocol.oauth.RedirectUri;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.requirement.Enforces;
import dev.countersign.server.browser.Page.FormPost;
import dev.countersign.server.config.Config;
import dev.countersign.server.refusal.RefusalWriter;
import dev.countersign.server.text.Texts;
import dev.countersign.server.text.Wording;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;

/**
 * Renders pages and gives them their headers. They work without script, load nothing from elsewhere
 * and cannot be framed; what makes a form of ours send itself is all that a page ever runs. Safe
 * for any number of threads.
 */
public final class Pages implements RefusalWriter {
  private static final String POLICY =
      "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors"
          + " 'none'; form-action 'self'";
  private static final String SCRIPT = "; script-src 'sha256-" + sha256(FormPost.SCRIPT) + "'";
  private static final String SOON = "2";

  private final TemplateEngine templates = TemplateEngine.createPrecompiled(ContentType.Html);
  private final Frame frame;
  private final Texts texts;

  /** Pages of one server, in its languages. */
  public Pages(Frame frame, Texts texts) {
    this.frame = frame;
    this.texts = texts;
  }

  /** What the pages say to a person: as the client asks, else as the browser wishes. */
  public Wording wording(Optional<String> uiLocales, HttpRequest request) {
    return texts.choose(uiLocales, request.headers());
  }

  /**
   * A page whose form may end in a redirect to the client. Browsers hold every redirect after a
   * form against {@code form-action}, those that the client makes in its turn included: any address
   * over TLS, then, and the client's own if that is on this machine. The login form needs it as the
   * consent form does, because its cancel button, or a consent given before, leads to the client.
   */
  public HttpResponse show(int status, Page page, Wording wording, RedirectUri redirectUri) {
    return show(status, page, wording, POLICY + " https:" + loopback(redirectUri));
  }

  /** A page whose form, if it has one, stays here. */
  public HttpResponse show(int status, Page page, Wording wording) {
    return show(status, page, wording, POLICY);
  }

  /**
   * A page that sends its form on to the client, by the one script that there is, or by its button.
   * Where the form may lead is what {@link #show(int, Page, Wording, RedirectUri)} says: clients
   * redirect on from where they are answered.
   */
  @Enforces({"JARM-4", "BCP-4.16"})
  public HttpResponse post(FormPost page, Wording wording, RedirectUri redirectUri) {
    return show(200, page, wording, POLICY + " https:" + loopback(redirectUri) + SCRIPT)
        .with("Cache-Control", "no-cache, no-store");
  }

  /** The error page: our own words for the refusal, never anything of the request. */
  @Override
  public HttpResponse write(Refusal refusal, HttpRequest request, FapiInteractionId id) {
    Trouble trouble = Trouble.of(refusal);
    Optional<String> technical =
        Optional.of(refusal.description()).filter(_ -> trouble == Trouble.UNREADABLE);
    HttpResponse response =
        show(
            refusal.status(),
            new Page.Failure(trouble, technical, id),
            texts.choose(request.headers()));
    return refusal.status() == 429 ? response.with("Retry-After", SOON) : response;
  }

  /**
   * No {@code Cross-Origin-Opener-Policy}: a client may open us in a window of its own, and any
   * value of it would cut that window off from the client for good, even after the way back.
   */
  @Enforces({"BCP-4.2", "BCP-4.16"})
  private HttpResponse show(int status, Page page, Wording wording, String policy) {
    StringOutput html = new StringOutput();
    templates.render(page.template(), new View<>(page, wording, frame), html);
    return HttpResponse.html(status, html.toString())
        .with("Content-Security-Policy", policy)
        .with("X-Frame-Options", "DENY")
        .with("Referrer-Policy", "no-referrer")
        .with("X-Content-Type-Options", "nosniff")
        .with("Cross-Origin-Resource-Policy", "same-origin")
        .with("Cache-Control", "no-store");
  }

  private static String sha256(String script) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(script.getBytes(UTF_8));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException("This JDK has no SHA-256", everyJdkHasIt);
    }
  }

  /** As a source of CSP, which has no form for an IPv6 address: the scheme stands for it. */
  private static String loopback(RedirectUri redirectUri) {
    URI uri = redirectUri.uri();
    if (uri.getScheme().equals("https")) {
      return "";
    }
    return uri.getHost().startsWith("[")
        ? " " + uri.getScheme() + ":"
        : " " + uri.getScheme() + "://" + uri.getRawAuthority();
  }

  /**
   * What all pages of a server have around them.
   *
   * @param name the operator
   * @param host where the person is
   * @param stylesheet address of the style sheet
   * @param icon address of what browsers show for the page
   * @param logo address of the operator's logo
   * @param logout where people log out
   * @param myGrants where people see whom they allowed what, if there is such a page
   */
  public record Frame(
      String name,
      String host,
      String stylesheet,
      String icon,
      Optional<String> logo,
      String logout,
      Optional<String> myGrants) {
    /** The frame of a configuration. */
    public static Frame of(Config config, InteractionUrls urls, Asset stylesheet, Asset logo) {
      String icon = logo.at(urls.path(InteractionUrls.LOGO));
      return new Frame(
          config.pages().name(),
          config.issuer().uri().getRawAuthority(),
          stylesheet.at(urls.path(InteractionUrls.STYLESHEET)),
          icon,
          config.pages().logo().map(_ -> icon),
          urls.path(InteractionUrls.LOGOUT),
          Optional.of(urls.path(InteractionUrls.MY_GRANTS)).filter(_ -> config.pages().myGrants()));
    }

    /** The letter that stands for a logo where there is none. */
    public String initial() {
      return name.substring(0, name.offsetByCodePoints(0, 1));
    }
  }

  /**
   * What a template gets.
   *
   * @param page what to show
   * @param words in which language
   * @param frame what is around it
   */
  public record View<P extends Page>(P page, Wording words, Frame frame) {}
}
