package dev.countersign.server.browser;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.countersign.protocol.oauth.GrantId;
import dev.countersign.protocol.oauth.Issuer;
import java.net.URI;
import java.net.URLEncoder;
import java.util.Locale;

/**
 * Where an interaction lives: below the issuer, so that a server with a path in its issuer keeps to
 * it.
 *
 * @param issuer the server's issuer
 */
public record InteractionUrls(Issuer issuer) {
  /** Path of the dispatcher, below the issuer's own path. */
  public static final String INTERACTION = "/interaction";

  /** Path of the login form's target. */
  public static final String LOGIN = "/interaction/login";

  /** Path of the consent form's target. */
  public static final String CONSENT = "/interaction/consent";

  /** Path of the logout page and its form's target. */
  public static final String LOGOUT = "/logout";

  /** Path of the page on which people see whom they allowed what. */
  public static final String MY_GRANTS = "/my-grants";

  /** Path of the target of that page's login form. */
  public static final String MY_GRANTS_LOGIN = "/my-grants/login";

  /** Path of the page that asks whether a grant shall end, and its form's target. */
  public static final String MY_GRANTS_END = "/my-grants/end";

  /** Path of the style sheet. */
  public static final String STYLESHEET = "/pages.css";

  /** Path of the operator's logo. */
  public static final String LOGO = "/pages-logo";

  /** The address of an interaction. */
  public URI interaction(InteractionId id) {
    return URI.create(base() + INTERACTION + "?interaction=" + id.reveal());
  }

  /** The address of the logout page. */
  public URI logout() {
    return URI.create(base() + LOGOUT);
  }

  /** The address of the page on which people see whom they allowed what. */
  public URI myGrants() {
    return URI.create(base() + MY_GRANTS);
  }

  /** The address of the page that asks whether a grant shall end. */
  public URI endGrant(GrantId grant) {
    return URI.create(base() + MY_GRANTS_END + "?grant=" + URLEncoder.encode(grant.value(), UTF_8));
  }

  /** The origin of all pages, as browsers write it. */
  public String origin() {
    URI uri = issuer.uri();
    String port = uri.getPort() < 0 || uri.getPort() == 443 ? "" : ":" + uri.getPort();
    return uri.getScheme() + "://" + uri.getHost().toLowerCase(Locale.ROOT) + port;
  }

  /** The full path of one of the constants here. */
  public String path(String below) {
    return URI.create(base()).getRawPath() + below;
  }

  private String base() {
    String value = issuer.value();
    return value.endsWith("/") ? value.substring(0, value.length() - 1) : value;
  }
}
