package dev.countersign.server.interaction;

import dev.countersign.edge.HttpRequest;
import dev.countersign.edge.HttpResponse;
import dev.countersign.protocol.oauth.GrantType;
import dev.countersign.protocol.oauth.RedirectUri;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.requirement.Enforces;
import dev.countersign.server.browser.InteractionUrls;
import dev.countersign.server.browser.LoginFault;
import dev.countersign.server.browser.Page;
import dev.countersign.server.browser.Pages;
import dev.countersign.server.client.Clients;
import dev.countersign.server.client.RegisteredClient;
import dev.countersign.server.config.Lifetimes;
import dev.countersign.server.details.ConsentTemplates;
import dev.countersign.server.par.PermittedRequest;
import dev.countersign.server.text.Message;
import dev.countersign.server.text.Wording;
import java.util.Optional;

/** Makes the page of a step. */
public final class InteractionPages {
  private final Pages pages;
  private final InteractionUrls urls;
  private final Accounts accounts;
  private final Clients clients;
  private final ConsentTemplates templates;
  private final AccessWords words;
  private final Lifetimes lifetimes;

  /** Pages that explain access in these words, and of these lifetimes. */
  public InteractionPages(
      Pages pages,
      InteractionUrls urls,
      Accounts accounts,
      Clients clients,
      ConsentTemplates templates,
      AccessWords words,
      Lifetimes lifetimes) {
    this.pages = pages;
    this.urls = urls;
    this.accounts = accounts;
    this.clients = clients;
    this.templates = templates;
    this.words = words;
    this.lifetimes = lifetimes;
  }

  /** The login page, with the name that the client hints at. */
  HttpResponse login(OwnInteraction own, Step.LogIn step, HttpRequest request) {
    return login(200, own, step, step.request().request().loginHint(), Optional.empty(), request);
  }

  /** The login page after a try that did not succeed, with the name that was typed. */
  HttpResponse loginAgain(
      OwnInteraction own,
      Step.LogIn step,
      HttpRequest request,
      Optional<String> username,
      LoginFault fault) {
    return fault.on(login(fault.status(), own, step, username, Optional.of(fault), request));
  }

  private HttpResponse login(
      int status,
      OwnInteraction own,
      Step.LogIn step,
      Optional<String> username,
      Optional<LoginFault> fault,
      HttpRequest request) {
    Page.Login page =
        new Page.Login(
            new Page.Login.Reason.Client(step.request().client().name(), own.id().reveal()),
            urls.path(InteractionUrls.LOGIN),
            own.formToken(step).reveal(),
            username,
            fault);
    return pages.show(status, page, wording(step.request(), request), own.redirect().redirectUri());
  }

  /** The consent page: who asks, for what, where and for how long. */
  @Enforces("SP-5.3.2.2-13")
  HttpResponse consent(OwnInteraction own, Step.Decide step, HttpRequest request) {
    return consent(own, step, Picks.preset(step.asks().details()), false, request);
  }

  /** The consent page after a yes that lacks a choice, with what was picked. */
  HttpResponse consentAgain(
      OwnInteraction own, Step.Decide step, Picks picks, HttpRequest request) {
    return consent(own, step, picks, true, request);
  }

  private HttpResponse consent(
      OwnInteraction own, Step.Decide step, Picks picks, boolean again, HttpRequest request) {
    Wording wording = wording(step.request(), request);
    ConsentParts parts = new ConsentParts(step.asks(), templates, words, wording);
    Page.Consent page =
        new Page.Consent(
            step.request().client().name(),
            unchecked(step.request().client(), own.redirect().redirectUri(), wording),
            host(own.redirect().redirectUri()),
            urls.path(InteractionUrls.LOGOUT),
            urls.path(InteractionUrls.CONSENT),
            own.id().reveal(),
            own.formToken(step).reveal(),
            accounts.displayName(step.login().subject()),
            parts.asks(),
            parts.sections(picks, again),
            parts.existing(step.request().client().name()),
            step.request().audience().resources().stream().map(ResourceIndicator::value).toList(),
            howLong(step.request().client(), wording));
    return pages.show(200, page, wording, own.redirect().redirectUri());
  }

  private Wording wording(PermittedRequest permitted, HttpRequest request) {
    return pages.wording(permitted.request().uiLocales(), request);
  }

  /** With a refresh token as long as that lives, else as long as one access token. */
  private String howLong(RegisteredClient client, Wording wording) {
    if (!client.mayUse(GrantType.REFRESH_TOKEN)) {
      return wording.say(Message.CONSENT_NOW, wording.period(lifetimes.accessToken()));
    }
    return lifetimes
        .refreshToken()
        .map(time -> wording.say(Message.CONSENT_FOR, wording.period(time)))
        .orElseGet(() -> wording.say(Message.CONSENT_UNTIL_ENDED, client.name()));
  }

  /** RFC 7591 section 5: its name may be that of somebody else; where the answer goes is fact. */
  private Optional<String> unchecked(
      RegisteredClient client, RedirectUri redirectUri, Wording wording) {
    if (!clients.isUnchecked(client)) {
      return Optional.empty();
    }
    return Optional.of(
        redirectUri.uri().getScheme().equals("https")
            ? wording.say(Message.CONSENT_UNCHECKED, host(redirectUri))
            : wording.say(Message.CONSENT_UNCHECKED_DEVICE));
  }

  private static String host(RedirectUri redirectUri) {
    return redirectUri.uri().getHost();
  }
}
