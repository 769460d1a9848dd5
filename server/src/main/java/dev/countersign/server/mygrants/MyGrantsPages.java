package dev.countersign.server.mygrants;

import dev.countersign.edge.HttpRequest;
import dev.countersign.edge.HttpResponse;
import dev.countersign.protocol.oauth.GrantId;
import dev.countersign.server.browser.BrowserKey;
import dev.countersign.server.browser.Cookies;
import dev.countersign.server.browser.FormToken;
import dev.countersign.server.browser.InteractionUrls;
import dev.countersign.server.browser.LoginFault;
import dev.countersign.server.browser.Page;
import dev.countersign.server.browser.Pages;
import dev.countersign.server.interaction.Accounts;
import dev.countersign.server.text.Wording;
import dev.countersign.store.Session;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;

/** Makes the pages of My grants, and knows the tokens of their forms. */
public final class MyGrantsPages {
  private final Pages pages;
  private final InteractionUrls urls;
  private final Accounts accounts;
  private final OwnGrants grants;
  private final GrantWords words;
  private final SecureRandom random;

  /** Pages that speak of grants in these words. */
  public MyGrantsPages(
      Pages pages,
      InteractionUrls urls,
      Accounts accounts,
      OwnGrants grants,
      GrantWords words,
      SecureRandom random) {
    this.pages = pages;
    this.urls = urls;
    this.accounts = accounts;
    this.grants = grants;
    this.words = words;
    this.random = random;
  }

  /** What the pages say to a person. */
  Wording wording(HttpRequest request) {
    return pages.wording(Optional.empty(), request);
  }

  /** The login in front of the page. */
  HttpResponse login(HttpRequest request) {
    return login(200, Optional.empty(), Optional.empty(), request);
  }

  /** The same after a try that did not succeed, with the name that was typed. */
  HttpResponse loginAgain(HttpRequest request, Optional<String> username, LoginFault fault) {
    return fault.on(login(fault.status(), username, Optional.of(fault), request));
  }

  private HttpResponse login(
      int status, Optional<String> username, Optional<LoginFault> fault, HttpRequest request) {
    BrowserKey browser = browser(request);
    Page.Login page =
        new Page.Login(
            new Page.Login.Reason.MyGrants(),
            urls.path(InteractionUrls.MY_GRANTS_LOGIN),
            loginToken(browser).reveal(),
            username,
            fault);
    return Cookies.withBrowser(pages.show(status, page, wording(request)), browser);
  }

  /** What a person allowed, from its beginning or after a grant. */
  HttpResponse list(
      HttpRequest request,
      Session session,
      Optional<GrantId> after,
      Optional<Page.Notice> notice,
      Instant now) {
    Wording wording = wording(request);
    OwnGrants.Part part = grants.part(session.login().subject(), after, now);
    String here = urls.path(InteractionUrls.MY_GRANTS);
    Page.MyGrants page =
        new Page.MyGrants(
            accounts.displayName(session.login().subject()),
            notice,
            words.holders(part.grants(), wording),
            after.map(_ -> here),
            part.next().map(last -> here + "?after=" + encoded(last)));
    return pages.show(200, page, wording);
  }

  /** Whether this one shall end. */
  HttpResponse ask(HttpRequest request, Session session, OwnGrant grant) {
    BrowserKey browser = browser(request);
    Wording wording = wording(request);
    GrantId id = grant.record().grant().id();
    Page.EndGrant page =
        new Page.EndGrant(
            words.name(grant),
            words.access(grant, wording),
            id.value(),
            urls.path(InteractionUrls.MY_GRANTS_END),
            endToken(browser, session, id).reveal());
    return Cookies.withBrowser(pages.show(200, page, wording), browser);
  }

  /** What people call the client that has it. */
  String holder(OwnGrant grant) {
    return words.name(grant);
  }

  /** Proves that a login form was shown to this browser. */
  static FormToken loginToken(BrowserKey browser) {
    return browser.formToken("my-grants-login");
  }

  /** Proves that this browser was shown, in this very session, the question about this grant. */
  static FormToken endToken(BrowserKey browser, Session session, GrantId grant) {
    return browser.formToken("end-grant:" + session.id().hex() + ":" + grant.value());
  }

  private BrowserKey browser(HttpRequest request) {
    return Cookies.browser(request.headers()).orElseGet(() -> BrowserKey.random(random));
  }

  private static String encoded(GrantId id) {
    return URLEncoder.encode(id.value(), StandardCharsets.UTF_8);
  }
}
