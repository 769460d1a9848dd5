package dev.countersign.server.mygrants;

import dev.countersign.edge.HttpRequest;
import dev.countersign.edge.HttpResponse;
import dev.countersign.protocol.http.Form;
import dev.countersign.server.interaction.Logins;
import dev.countersign.server.refusal.Endpoint;
import dev.countersign.server.refusal.RequestLog;
import java.time.Instant;
import java.util.Optional;

/** {@code GET}: what the person allowed, or the login in front of it. */
public final class MyGrantsEndpoint implements Endpoint {
  private final Logins logins;
  private final MyGrantsPages pages;

  /** Shows grants to those who gave them. */
  public MyGrantsEndpoint(Logins logins, MyGrantsPages pages) {
    this.logins = logins;
    this.pages = pages;
  }

  @Override
  public HttpResponse handle(HttpRequest request, Instant now, RequestLog log) {
    Form form = Form.parseQuery(request.query().orElse(""));
    return logins
        .session(request, now)
        .map(
            session ->
                pages.list(request, session, OwnGrants.id(form, "after"), Optional.empty(), now))
        .orElseGet(() -> pages.login(request));
  }
}
