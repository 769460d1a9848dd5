package dev.countersign.server.mygrants;

import dev.countersign.edge.HttpRequest;
import dev.countersign.edge.HttpResponse;
import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.oauth.GrantId;
import dev.countersign.requirement.Enforces;
import dev.countersign.server.browser.Cookies;
import dev.countersign.server.browser.FormToken;
import dev.countersign.server.browser.InteractionUrls;
import dev.countersign.server.browser.Page;
import dev.countersign.server.http.FormBody;
import dev.countersign.server.interaction.Logins;
import dev.countersign.server.refusal.Endpoint;
import dev.countersign.server.refusal.RequestLog;
import dev.countersign.server.text.Message;
import dev.countersign.server.text.Wording;
import dev.countersign.store.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** {@code GET} asks whether a grant shall end, {@code POST} of the form there ends it. */
public final class EndGrantEndpoint implements Endpoint {
  private final Logins logins;
  private final OwnGrants grants;
  private final MyGrantsPages pages;
  private final InteractionUrls urls;
  private final Duration longest;

  /**
   * Ends grants for those who gave them.
   *
   * @param longest how long an access token lives: so long an API may not know of the end
   */
  public EndGrantEndpoint(
      Logins logins,
      OwnGrants grants,
      MyGrantsPages pages,
      InteractionUrls urls,
      Duration longest) {
    this.logins = logins;
    this.grants = grants;
    this.pages = pages;
    this.urls = urls;
    this.longest = longest;
  }

  @Override
  public HttpResponse handle(HttpRequest request, Instant now, RequestLog log) {
    boolean post = "POST".equals(request.method());
    Form form = post ? FormBody.read(request) : Form.parseQuery(request.query().orElse(""));
    Optional<Session> session = logins.session(request, now);
    if (session.isEmpty()) {
      return HttpResponse.redirect303(urls.myGrants());
    }
    return grants
        .find(session.get().login().subject(), form, now)
        .map(
            own ->
                post
                    ? decided(request, form, session.get(), own, now, log)
                    : pages.ask(request, session.get(), own))
        .orElseGet(() -> notThere(request, session.get(), now));
  }

  /** A form that was not shown for this session and this grant ends nothing: it is shown again. */
  @Enforces("SP-6.8-4")
  private HttpResponse decided(
      HttpRequest request, Form form, Session session, OwnGrant own, Instant now, RequestLog log) {
    GrantId id = own.record().grant().id();
    if (form.value("choice").filter("keep"::equals).isPresent()) {
      return HttpResponse.redirect303(urls.myGrants());
    }
    if (!isFormOf(request, form, session, id)
        || form.value("choice").filter("end"::equals).isEmpty()) {
      return HttpResponse.redirect303(urls.endGrant(id));
    }
    log.client(own.record().grant().clientId());
    if (!grants.end(own, now)) {
      return notThere(request, session, now);
    }
    log.detail("grant ended by its person");
    return ended(request, session, own, now);
  }

  private boolean isFormOf(HttpRequest request, Form form, Session session, GrantId grant) {
    Optional<FormToken> right =
        Cookies.browser(request.headers())
            .map(browser -> MyGrantsPages.endToken(browser, session, grant));
    return right.isPresent() && FormToken.of(form, request.headers(), urls).equals(right);
  }

  private HttpResponse ended(HttpRequest request, Session session, OwnGrant own, Instant now) {
    Wording wording = pages.wording(request);
    Page.Notice notice =
        new Page.Notice(
            true,
            List.of(
                wording.say(Message.MY_GRANTS_ENDED, pages.holder(own)),
                wording.say(Message.MY_GRANTS_ENDED_WITHIN, wording.period(longest))));
    return pages.list(request, session, Optional.empty(), Optional.of(notice), now);
  }

  /** Ended before, of another person, or never there: the same for all of them. */
  private HttpResponse notThere(HttpRequest request, Session session, Instant now) {
    Page.Notice notice =
        new Page.Notice(false, List.of(pages.wording(request).say(Message.MY_GRANTS_NOT_THERE)));
    return pages.list(request, session, Optional.empty(), Optional.of(notice), now);
  }
}
