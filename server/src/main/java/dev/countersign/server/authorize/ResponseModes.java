package dev.countersign.server.authorize;

import dev.countersign.edge.HttpResponse;
import dev.countersign.protocol.authorization.AuthorizationResponse;
import dev.countersign.protocol.authorization.ResponseMode;
import dev.countersign.protocol.jarm.ResponseJwt;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.oauth.RedirectUri;
import dev.countersign.requirement.Enforces;
import dev.countersign.server.browser.Page;
import dev.countersign.server.browser.Pages;
import dev.countersign.server.client.MessageSigning;
import dev.countersign.server.keys.SigningKeys;
import java.time.Duration;

/**
 * Sends answers in the response mode of their request: plain, or signed and in the query, in the
 * fragment or in a form. Nothing of the answer stands beside the JWT of one that is signed. Only a
 * {@link ValidatedRedirect} can have one sent. Immutable.
 */
public final class ResponseModes {
  // Longer than a code lives, for clients whose clock is ahead; half of what JARM recommends.
  private static final Duration LIFETIME = Duration.ofMinutes(5);

  private final Jose jose;
  private final Issuer issuer;
  private final SigningKeys keys;
  private final SignatureAlgorithm algorithm;
  private final Pages pages;

  /**
   * Answers of one server.
   *
   * @param algorithm for clients that registered none
   * @param pages shows the form that is posted to the client
   */
  public ResponseModes(
      Jose jose, Issuer issuer, SigningKeys keys, SignatureAlgorithm algorithm, Pages pages) {
    this.jose = jose;
    this.issuer = issuer;
    this.keys = keys;
    this.algorithm = algorithm;
    this.pages = pages;
  }

  /** Who answers. */
  Issuer issuer() {
    return issuer;
  }

  /** 303: a form with a password must not be sent on to the client. */
  @Enforces({"SP-5.3.2.2-7", "SP-5.3.2.2-10", "SP-5.3.2.2-11", "BCP-4.12", "JARM-3", "JARM-4"})
  HttpResponse send(AuthorizationResponse response, Validated way) {
    RedirectUri to = way.redirectUri();
    return switch (mode(way)) {
      case QUERY -> HttpResponse.redirect303(response.redirectTo(to));
      // The default of the code flow (JARM section 2.3.4).
      case JWT, QUERY_JWT -> HttpResponse.redirect303(to.withQuery(signed(response, way)));
      case FRAGMENT_JWT -> HttpResponse.redirect303(to.withFragment(signed(response, way)));
      case FORM_POST_JWT -> form(response, way);
    };
  }

  /**
   * That of the request. One that was pushed before its client was to be answered by signatures
   * alone is not answered without: its client would have to take it for a forgery.
   */
  @Enforces({"MS-5.4.1-1", "A1-13", "JARM-5"})
  private static ResponseMode mode(Validated way) {
    ResponseMode asked = way.request().responseMode();
    return way.client().messageSigning().responses() && !asked.isSigned()
        ? ResponseMode.JWT
        : asked;
  }

  @Enforces({"JARM-2", "MS-5.4.1-N", "S-06"})
  private String signed(AuthorizationResponse response, Validated way) {
    return ResponseJwt.parameters(jwt(response, way)).encode();
  }

  private HttpResponse form(AuthorizationResponse response, Validated way) {
    return pages.post(
        new Page.FormPost(way.client().name(), way.redirectUri().value(), jwt(response, way)),
        pages.wording(way.request().uiLocales(), way.browser()),
        way.redirectUri());
  }

  @Enforces({"JARM-1", "JARM-7", "MS-5.4.1-1"})
  private String jwt(AuthorizationResponse response, Validated way) {
    MessageSigning signing = way.client().messageSigning();
    SigningKey key = keys.key(signing.responseAlgorithm().orElse(algorithm));
    return ResponseJwt.create(jose, key, response, way.client().id(), way.now(), LIFETIME);
  }
}
