package dev.countersign.cli.driver;

import dev.countersign.client.AuthorizationUrl;
import dev.countersign.client.BrowserSession;
import dev.countersign.client.ClientException;
import dev.countersign.client.FapiClient;
import dev.countersign.client.FlowRequest;
import dev.countersign.client.ResourceRequest;
import dev.countersign.client.ResourceResponse;
import dev.countersign.client.Tokens;
import dev.countersign.protocol.idtoken.IdTokenClaims;
import dev.countersign.protocol.oauth.RedirectUri;
import dev.countersign.protocol.rar.AuthorizationDetail;
import dev.countersign.protocol.rar.AuthorizationDetails;
import dev.countersign.remote.RemoteException;
import java.net.URI;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Runs one flow and tells it. For one run, by one thread. */
public final class Driver {
  private final FapiClient client;
  private final UserAgent browser;
  private final SecureRandom random;
  private final Report report;
  private Step step = Step.DISCOVERY;

  /** A driver of this client. */
  public Driver(FapiClient client, UserAgent browser, SecureRandom random, Report report) {
    this.client = client;
    this.browser = browser;
    this.random = random;
    this.report = report;
  }

  /** A resource server, which is part of what is tested, did not let the request pass. */
  private static final class NotServedException extends Exception {
    private static final long serialVersionUID = 1L;

    NotServedException(int status) {
      super("the resource answered " + status);
    }
  }

  /** Runs until the end or until the client stops; the report has been told when it returns. */
  public Outcome run(Run run) {
    Outcome outcome = outcome(run);
    report.ended(step, outcome);
    return outcome;
  }

  private Outcome outcome(Run run) {
    try {
      discover();
      Tokens tokens = run.redirectUri().isPresent() ? ofPerson(run) : ofClient(run);
      if (tokens.idToken().isPresent() && client.metadata().userinfoEndpoint().isPresent()) {
        userinfo(tokens);
      }
      callAndRefresh(run, tokens);
      return new Outcome.Success();
    } catch (ClientException e) {
      return Outcome.of(e);
    } catch (UserAgent.NotSentBackException | NotServedException e) {
      return new Outcome.Refused(String.valueOf(e.getMessage()));
    } catch (RemoteException e) {
      return new Outcome.Unreachable(String.valueOf(e.getMessage()));
    }
  }

  private void discover() throws ClientException {
    report.done(step, client.metadata().issuer() + " is who it says it is");
  }

  private Tokens ofPerson(Run run)
      throws ClientException, UserAgent.NotSentBackException, RemoteException {
    RedirectUri redirectUri = run.redirectUri().orElseThrow();
    BrowserSession session = BrowserSession.random(random);
    step = Step.PUSH;
    AuthorizationUrl url = client.begin(session.startGuardedByCaller(), asked(run));
    report.done(step, "the request is with the server");
    step = Step.AUTHORIZATION;
    String query = browser.visit(url, redirectUri);
    report.done(step, "came back to " + redirectUri);
    step = Step.TOKENS;
    return told(client.callback(session, query));
  }

  private static FlowRequest asked(Run run) {
    return run.scope().isEmpty()
        ? FlowRequest.of(run.details())
        : FlowRequest.of(run.scope().toString()).withAuthorizationDetails(run.details());
  }

  private Tokens ofClient(Run run) throws ClientException {
    step = Step.TOKENS;
    return told(client.clientCredentials(run.scope(), List.of(), run.details()));
  }

  private Tokens told(Tokens tokens) {
    String bound = client.dpopJkt().isPresent() ? "a DPoP key" : "the certificate";
    StringBuilder detail = new StringBuilder("an access token bound to ").append(bound);
    if (!tokens.scope().isEmpty()) {
      detail.append(", for ").append(tokens.scope());
    }
    if (!tokens.authorizationDetails().isEmpty()) {
      detail.append(", with details of ").append(types(tokens.authorizationDetails()));
    }
    tokens.refreshToken().ifPresent(_ -> detail.append("; a refresh token"));
    tokens
        .idToken()
        .map(IdTokenClaims::sub)
        .ifPresent(sub -> detail.append("; an ID token about ").append(sub.value()));
    report.done(step, detail.toString());
    return tokens;
  }

  private static String types(AuthorizationDetails details) {
    return details.list().stream()
        .map(AuthorizationDetail::type)
        .distinct()
        .collect(Collectors.joining(" "));
  }

  private void userinfo(Tokens tokens) throws ClientException {
    step = Step.USERINFO;
    report.done(step, "about " + client.userinfo(tokens).sub().value());
  }

  /** Only the last answer counts: refreshing is what a client does when the API says 401. */
  private void callAndRefresh(Run run, Tokens first) throws ClientException, NotServedException {
    Tokens tokens = first;
    Optional<ResourceResponse> answer = call(run, tokens);
    for (int i = 0; i < run.refreshes(); i++) {
      step = Step.REFRESH;
      tokens = told(client.refresh(tokens));
      answer = call(run, tokens);
    }
    if (answer.isPresent() && (answer.get().status() < 200 || answer.get().status() > 299)) {
      throw new NotServedException(answer.get().status());
    }
  }

  private Optional<ResourceResponse> call(Run run, Tokens tokens) throws ClientException {
    if (run.resource().isEmpty()) {
      return Optional.empty();
    }
    step = Step.RESOURCE;
    URI place = run.resource().get();
    ResourceResponse answer =
        client.call(tokens, ResourceRequest.get(place).withHeader("Accept", "application/json"));
    report.done(step, place.getHost() + " answered " + answer.status());
    return Optional.of(answer);
  }
}
