package dev.countersign.server.interaction;

import dev.countersign.edge.HttpResponse;
import dev.countersign.protocol.oauth.GrantType;
import dev.countersign.protocol.oauth.RedirectUri;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.requirement.Enforces;
import dev.countersign.server.browser.InteractionUrls;
import dev.countersign.server.browser.Page;
import dev.countersign.server.browser.Pages;
import dev.countersign.server.config.ScopeConfig;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes the page of a step. */
public final class InteractionPages {
  private final Pages pages;
  private final InteractionUrls urls;
  private final Accounts accounts;
  private final Map<String, ScopeConfig> scopes;

  /** Pages that explain these scopes. */
  public InteractionPages(
      Pages pages, InteractionUrls urls, Accounts accounts, List<ScopeConfig> scopes) {
    this.pages = pages;
    this.urls = urls;
    this.accounts = accounts;
    this.scopes =
        scopes.stream()
            .collect(Collectors.toUnmodifiableMap(ScopeConfig::name, Function.identity()));
  }

  /** The login page; {@code failed} after a wrong try, with the name that was typed. */
  HttpResponse login(
      OwnInteraction own, Step.LogIn step, Optional<String> username, boolean failed) {
    Page.Login page =
        new Page.Login(
            step.request().client().name(),
            urls.path(InteractionUrls.LOGIN),
            own.id().reveal(),
            own.formToken(step).reveal(),
            username.or(() -> step.request().request().loginHint()),
            failed);
    // The cancel button leads back to the client.
    return pages.show(200, page, own.redirect().redirectUri());
  }

  /** The consent page: who asks, for what, where and for how long. */
  @Enforces("SP-5.3.2.2-13")
  HttpResponse consent(OwnInteraction own, Step.Decide step) {
    Page.Consent page =
        new Page.Consent(
            step.request().client().name(),
            host(own.redirect().redirectUri()),
            urls.path(InteractionUrls.CONSENT),
            own.id().reveal(),
            own.formToken(step).reveal(),
            accounts.displayName(step.login().subject()),
            asks(step.asks()),
            step.request().audience().resources().stream().map(ResourceIndicator::value).toList(),
            step.request().client().mayUse(GrantType.REFRESH_TOKEN));
    return pages.show(200, page, own.redirect().redirectUri());
  }

  /** A sentence each: what the scope allows, then the claims that are asked for one by one. */
  private List<String> asks(Asks asks) {
    Stream<String> scopes =
        asks.scopes().stream()
            .map(Asks.Ask::value)
            .filter(token -> !token.equals(Scope.OFFLINE_ACCESS))
            .map(this::explain);
    Stream<String> claims =
        asks.claims().stream().map(claim -> "Know your " + claim.value().replace('_', ' '));
    return Stream.concat(scopes, claims).toList();
  }

  private String explain(String token) {
    return Optional.ofNullable(scopes.get(token)).map(ScopeConfig::description).orElse(token);
  }

  private static String host(RedirectUri redirectUri) {
    return redirectUri.uri().getHost();
  }
}
