package dev.countersign.demo.story;

import dev.countersign.protocol.oauth.GrantType;
import dev.countersign.server.browser.InteractionUrls;
import dev.countersign.server.metadata.EndpointUrls;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;

/**
 * Tells what a message is from the message itself, and from what was told before where that
 * matters. Total: what nobody knows is {@link MessageKind#OTHER}.
 */
final class Recognition {
  private static final Pattern TRANSACTIONS = Pattern.compile("/accounts/[^/]+/transactions");

  private static final String BANK_METADATA = "/.well-known/oauth-protected-resource";
  private static final String BANK_KEYS = "/jwks.json";

  private Recognition() {}

  static MessageKind of(Evidence e) {
    MessageKind kind =
        switch (e.exchange().to()) {
          case SERVER -> atTheServer(e);
          case BANK -> atTheBank(e);
          case CLIENT -> atTheClient(e);
          case BROWSER, ATTACKER -> MessageKind.OTHER;
        };
    if (kind != MessageKind.OTHER && kind.isAnsweredBy(e.status())) {
      return kind;
    }
    return e.rule().isPresent() ? MessageKind.REFUSED : MessageKind.OTHER;
  }

  private static MessageKind atTheServer(Evidence e) {
    EndpointUrls urls = new EndpointUrls(e.issuer());
    URI url = e.exchange().url();
    if (url.equals(urls.openIdConfiguration()) || url.equals(urls.oauthMetadata())) {
      return MessageKind.METADATA;
    }
    if (url.equals(urls.jwks())) {
      return MessageKind.KEYS;
    }
    if (url.equals(urls.par())) {
      return SeenInAttacks.isChangedObject(e) ? MessageKind.OBJECT_CHANGED : push(e);
    }
    if (url.equals(urls.token())) {
      return token(e);
    }
    if (url.equals(urls.userinfo())) {
      return resource(e, MessageKind.USERINFO_CHALLENGED, MessageKind.USERINFO);
    }
    if (url.toString().startsWith(urls.grants() + "/") && isGet(e)) {
      return resource(e, MessageKind.GRANT_CHALLENGED, MessageKind.GRANT);
    }
    if (url.equals(urls.introspect())) {
      return MessageKind.INTROSPECTION;
    }
    if (isRevocation(e)) {
      return MessageKind.REVOCATION;
    }
    return url.equals(urls.authorize()) ? redirect(e, MessageKind.AUTHORIZE) : interaction(e);
  }

  private static MessageKind push(Evidence e) {
    if (demandsNonce(e)) {
      return MessageKind.PUSH_CHALLENGED;
    }
    return SeenInPush.challengedBefore(e) ? MessageKind.PUSH_REPEATED : MessageKind.PUSH;
  }

  private static MessageKind token(Evidence e) {
    if (demandsNonce(e)) {
      return MessageKind.TOKEN_CHALLENGED;
    }
    String grantType = e.form().value("grant_type").orElse("");
    boolean refused = e.rule().isPresent();
    if (grantType.equals(GrantType.AUTHORIZATION_CODE.value())) {
      return refused ? replayedCode(e) : MessageKind.TOKEN;
    }
    if (grantType.equals(GrantType.REFRESH_TOKEN.value())) {
      return refused ? revokedRefresh(e) : MessageKind.REFRESH;
    }
    return grantType.equals(GrantType.CLIENT_CREDENTIALS.value())
        ? MessageKind.CLIENT_CREDENTIALS
        : MessageKind.OTHER;
  }

  private static MessageKind replayedCode(Evidence e) {
    return SeenInAttacks.isReplayedCode(e) ? MessageKind.REPLAYED_CODE : MessageKind.OTHER;
  }

  private static MessageKind revokedRefresh(Evidence e) {
    return SeenInAttacks.isRevokedRefresh(e) ? MessageKind.REFRESH_REVOKED : MessageKind.OTHER;
  }

  private static boolean isGet(Evidence e) {
    return e.exchange().request().method().equals("GET");
  }

  private static boolean isRevocation(Evidence e) {
    return e.story()
        .newest(MessageKind.METADATA)
        .flatMap(metadata -> Json.text(metadata.json(), "revocation_endpoint"))
        .filter(e.exchange().url().toString()::equals)
        .isPresent();
  }

  private static MessageKind interaction(Evidence e) {
    InteractionUrls urls = new InteractionUrls(e.issuer());
    String path = e.exchange().url().getRawPath();
    if (path.equals(urls.path(InteractionUrls.LOGIN))) {
      return e.page().isEmpty() ? redirect(e, MessageKind.LOGIN) : MessageKind.LOGIN_FAILED;
    }
    if (path.equals(urls.path(InteractionUrls.CONSENT))) {
      return redirect(e, MessageKind.OTHER);
    }
    if (path.equals(urls.path(InteractionUrls.INTERACTION))) {
      return e.page().isEmpty() ? redirect(e, MessageKind.OTHER) : page(e);
    }
    return isStyle(e) ? MessageKind.STYLE : MessageKind.OTHER;
  }

  private static MessageKind page(Evidence e) {
    Document page = Jsoup.parse(e.page());
    if (!page.select("input[type=password]").isEmpty()) {
      return MessageKind.LOGIN_PAGE;
    }
    return page.select("button[value=allow]").isEmpty()
        ? MessageKind.OTHER
        : MessageKind.CONSENT_PAGE;
  }

  /** Back to the client with a code or an error, or on within the server. */
  private static MessageKind redirect(Evidence e, MessageKind within) {
    if (e.brought().has("code")) {
      return e.form().has("choice") ? MessageKind.CONSENT : MessageKind.CONSENT_REMEMBERED;
    }
    return e.brought().has("error") ? MessageKind.DENIED : within;
  }

  private static MessageKind atTheBank(Evidence e) {
    String path = e.exchange().url().getRawPath();
    if (path.equals(BANK_METADATA)) {
      return MessageKind.BANK_METADATA;
    }
    if (path.equals(BANK_KEYS)) {
      return MessageKind.BANK_KEYS;
    }
    if (path.equals("/accounts")) {
      return resource(e, MessageKind.BANK_CHALLENGED, MessageKind.ACCOUNTS);
    }
    if (path.equals("/payments")) {
      return resource(e, MessageKind.BANK_CHALLENGED, payment(e));
    }
    return TRANSACTIONS.matcher(path).matches()
        ? resource(e, MessageKind.BANK_CHALLENGED, MessageKind.TRANSACTIONS)
        : MessageKind.OTHER;
  }

  private static MessageKind payment(Evidence e) {
    if (SeenInAttacks.isChangedContent(e)) {
      return MessageKind.PAYMENT_CHANGED;
    }
    if (SeenInAttacks.isRefusedPayment(e)) {
      return MessageKind.PAYMENT_REFUSED;
    }
    return MessageKind.PAYMENT_DECLINED.isAnsweredBy(e.status())
        ? MessageKind.PAYMENT_DECLINED
        : MessageKind.PAYMENT;
  }

  private static MessageKind resource(Evidence e, MessageKind challenged, MessageKind served) {
    if (e.challengeError().equals(Optional.of("use_dpop_nonce"))) {
      return challenged;
    }
    if (SeenInAttacks.isStolenToken(e)) {
      return MessageKind.STOLEN_TOKEN;
    }
    if (SeenInAttacks.isReplayedProof(e)) {
      return MessageKind.REPLAYED_PROOF;
    }
    return SeenInAttacks.isDeadToken(e) ? dead(served) : served;
  }

  private static MessageKind dead(MessageKind served) {
    return switch (served) {
      case USERINFO -> MessageKind.USERINFO_REVOKED;
      case ACCOUNTS -> MessageKind.BANK_REVOKED;
      default -> served;
    };
  }

  private static MessageKind atTheClient(Evidence e) {
    URI callback = e.story().redirectUri().uri();
    if (e.exchange().url().equals(callback)) {
      return MessageKind.APP_CALLBACK;
    }
    if (e.exchange().request().method().equals("POST")) {
      return isSentTo(e, new EndpointUrls(e.issuer()).authorize())
          ? MessageKind.APP_START
          : MessageKind.APP_FORM;
    }
    if (isStyle(e)) {
      return MessageKind.STYLE;
    }
    return e.page().isEmpty() ? MessageKind.OTHER : MessageKind.APP_PAGE;
  }

  private static boolean isSentTo(Evidence e, URI place) {
    return e.location().filter(to -> to.toString().startsWith(place + "?")).isPresent();
  }

  private static boolean demandsNonce(Evidence e) {
    return Json.text(e.json(), "error").equals(Optional.of("use_dpop_nonce"));
  }

  private static boolean isStyle(Evidence e) {
    return e.headerHas("Content-Type", "text/css");
  }
}
