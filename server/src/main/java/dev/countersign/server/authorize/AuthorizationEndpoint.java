package dev.countersign.server.authorize;

import dev.countersign.edge.HttpRequest;
import dev.countersign.edge.HttpResponse;
import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.RequestUri;
import dev.countersign.protocol.oauth.SecretDigest;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.protocol.refusal.RefusalException;
import dev.countersign.requirement.Enforces;
import dev.countersign.server.browser.BrowserKey;
import dev.countersign.server.browser.Cookies;
import dev.countersign.server.browser.InteractionId;
import dev.countersign.server.browser.InteractionUrls;
import dev.countersign.server.browser.Trouble;
import dev.countersign.server.http.FormBody;
import dev.countersign.server.refusal.Endpoint;
import dev.countersign.server.refusal.RequestLog;
import dev.countersign.store.Interactions;
import dev.countersign.store.Interactions.OpenOutcome;
import dev.countersign.store.PushedRequest;
import dev.countersign.store.PushedRequests;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;

/**
 * Opens a pushed request in a browser: {@code GET} or {@code POST} with {@code client_id} and
 * {@code request_uri}. The request is not used up by that (SP-5.3.2.2-N3); the conversation goes on
 * at the interaction's own address. Other parameters are ignored: what was pushed wins.
 *
 * <p>A {@code POST} is sent on to the same request by {@code GET}: from another site it comes
 * without our cookies ({@code SameSite=Lax}), and a browser that has its key must not get another.
 */
public final class AuthorizationEndpoint implements Endpoint {
  private final PushedRequests requests;
  private final Interactions interactions;
  private final InteractionUrls urls;
  private final URI self;
  private final Duration interactionLifetime;
  private final SecureRandom random;

  /**
   * An endpoint whose interactions last {@code interactionLifetime}.
   *
   * @param self its own public URL
   */
  public AuthorizationEndpoint(
      PushedRequests requests,
      Interactions interactions,
      InteractionUrls urls,
      URI self,
      Duration interactionLifetime,
      SecureRandom random) {
    this.requests = requests;
    this.interactions = interactions;
    this.urls = urls;
    this.self = self;
    this.interactionLifetime = interactionLifetime;
    this.random = random;
  }

  @Override
  @Enforces({"SP-5.3.2.2-2", "ATT-14"})
  public HttpResponse handle(HttpRequest request, Instant now, RequestLog log) {
    boolean posted = "POST".equals(request.method());
    Form form = posted ? FormBody.read(request) : Form.parseQuery(request.query().orElse(""));
    PushedRequest pushed = pushed(form, now);
    log.client(pushed.request().clientId());
    return posted ? byGet(form) : open(pushed, request, now);
  }

  private HttpResponse byGet(Form form) {
    Form names =
        Form.builder()
            .add("client_id", form.value("client_id"))
            .add("request_uri", form.value("request_uri"))
            .build();
    return HttpResponse.redirect303(URI.create(self + "?" + names.encode()));
  }

  @Enforces({"SP-5.3.2.2-N3", "PAR-8"})
  private HttpResponse open(PushedRequest pushed, HttpRequest request, Instant now) {
    InteractionId id = InteractionId.random(random);
    BrowserKey browser =
        Cookies.browser(request.headers()).orElseGet(() -> BrowserKey.random(random));
    OpenOutcome outcome =
        interactions.openInteraction(
            pushed.requestUri(), id.digest(), browser.digest(), now.plus(interactionLifetime), now);
    return switch (outcome) {
      case OpenOutcome.Opened opened ->
          Cookies.withBrowser(HttpResponse.redirect303(urls.interaction(id)), browser);
      case OpenOutcome.RequestGone gone -> throw unknownRequest("answered a moment ago");
      case OpenOutcome.TooMany tooMany ->
          throw Trouble.TOO_OFTEN.refusal("SP-5.3.2.2-N3").exception();
    };
  }

  /** The pushed request that the address names, if it is that client's. */
  @Enforces({"SP-5.3.2.2-3", "PAR-6", "PAR-8", "OA-2"})
  private PushedRequest pushed(Form form, Instant now) {
    if (!form.has("request_uri")) {
      throw Trouble.NOT_PUSHED
          .refusal("SP-5.3.2.2-3")
          .withDetail(Refusal.mismatch("request_uri", "missing", "that of a pushed request"))
          .exception();
    }
    SecretDigest requestUri = requestUri(form);
    String clientId = form.required("client_id");
    PushedRequest pushed =
        requests
            .findRequest(requestUri, now)
            .orElseThrow(() -> unknownRequest("unknown, expired or already answered"));
    ClientId owner = pushed.request().clientId();
    if (!owner.value().equals(clientId)) {
      throw Trouble.UNKNOWN_REQUEST
          .refusal("PAR-6")
          .withDetail(Refusal.mismatch("client_id", clientId, owner + " who pushed the request"))
          .exception();
    }
    return pushed;
  }

  private static SecretDigest requestUri(Form form) {
    try {
      return RequestUri.parse(form.required("request_uri")).digest();
    } catch (RefusalException notOurs) {
      throw unknownRequest("malformed");
    }
  }

  /** The same words whatever is wrong with it: nobody learns which request URIs exist. */
  private static RefusalException unknownRequest(String came) {
    return Trouble.UNKNOWN_REQUEST
        .refusal("PAR-8")
        .withDetail(Refusal.mismatch("request_uri", came, "one that waits for an answer"))
        .exception();
  }
}
