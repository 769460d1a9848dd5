package dev.countersign.client;

import dev.countersign.client.AuthorizationAnswers.Arrival;
import dev.countersign.protocol.authorization.AuthorizationRequest;
import dev.countersign.protocol.authorization.AuthorizationResponse;
import dev.countersign.protocol.authorization.ResponseMode;
import dev.countersign.protocol.http.EndUserPresent;
import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.jose.Thumbprint;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.oauth.Jti;
import dev.countersign.protocol.oauth.Nonce;
import dev.countersign.protocol.oauth.RedirectUri;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.protocol.oauth.State;
import dev.countersign.protocol.par.PushedAuthorizationResponse;
import dev.countersign.protocol.pkce.CodeChallenge;
import dev.countersign.protocol.pkce.CodeVerifier;
import dev.countersign.protocol.token.TokenRequest;
import dev.countersign.requirement.Enforces;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The authorization code flow, from the browser's start to tokens. Between the two halves only the
 * {@link Transaction} lives. May be called by any number of threads at once.
 */
final class CodeFlow {

  private static final int CREATED = 201;

  /** What a flow of this client always has. */
  record Settings(
      Issuer issuer,
      ClientId clientId,
      Optional<RedirectUri> redirectUri,
      Optional<DpopCode> dpopCode,
      Duration transactionLifetime) {}

  /** The key that codes are bound to, and how; without DPoP there is none. */
  record DpopCode(Thumbprint jkt, CodeBinding binding) {}

  private final Settings settings;
  private final ServerDocuments documents;
  private final AuthorizationServer server;
  private final TokenCalls tokens;
  private final RequestSigning requests;
  private final AuthorizationAnswers answers;
  private final TransactionStore transactions;
  private final InstantSource clock;
  private final SecureRandom random;

  CodeFlow(
      Settings settings,
      ServerDocuments documents,
      AuthorizationServer server,
      TokenCalls tokens,
      RequestSigning requests,
      AuthorizationAnswers answers,
      TransactionStore transactions,
      InstantSource clock,
      SecureRandom random) {
    this.settings = settings;
    this.documents = documents;
    this.server = server;
    this.tokens = tokens;
    this.requests = requests;
    this.answers = answers;
    this.transactions = transactions;
    this.clock = clock;
    this.random = random;
  }

  @Enforces({"SP-5.3.3.2-1", "SP-5.3.3.2-2", "SP-5.3.3.2-3", "SP-5.3.3.2-4", "SP-5.3.3.1-12"})
  AuthorizationUrl begin(UserStart start, FlowRequest request) throws ClientException {
    Endpoints endpoints = documents.endpoints();
    // Nothing is pushed for a flow that could not go on.
    URI authorization = endpoints.authorization();
    if (request.scope().contains(Scope.OPENID)) {
      endpoints.keys();
    }
    ResponseMode mode = answers.askedOf(endpoints);
    CallContext context = CallContext.fresh(random, new EndUserPresent(true));
    Transaction transaction = transaction(start, request, context);
    Supplier<Form> parameters =
        requests.parameters(pushed(transaction, mode), endpoints.metadata().messageSigning());
    boolean proved = bindsBy(CodeBinding.PAR_PROOF);
    JsonObject answer =
        server.post(
            new AuthorizationServer.Endpoint(
                "pushed_authorization_request_endpoint",
                endpoints.pushedAuthorizationRequest(),
                CREATED,
                proved),
            parameters,
            context);
    PushedAuthorizationResponse pushed = read(answer);
    transactions.keep(transaction, clock.instant());
    return AuthorizationUrl.of(authorization, settings.clientId(), pushed.requestUri());
  }

  /** State and nonce are base64url, 43 characters (SP-5.3.3.2-7, IA-2.7-5). */
  @Enforces({"SP-5.3.3.2-7", "IA-2.7-5", "SP-5.4.1-4"})
  private Transaction transaction(UserStart start, FlowRequest request, CallContext context) {
    Instant now = clock.instant();
    Optional<Nonce> nonce =
        request.scope().contains(Scope.OPENID)
            ? Optional.of(new Nonce(Jti.random(random).value()))
            : Optional.empty();
    return new Transaction(
        start.session().digest(),
        new State(Jti.random(random).value()),
        settings.issuer(),
        redirectUri(),
        CodeVerifier.random(random),
        nonce,
        request,
        context.interactionId(),
        now,
        now.plus(settings.transactionLifetime()));
  }

  private RedirectUri redirectUri() {
    return settings
        .redirectUri()
        .orElseThrow(() -> new IllegalStateException("the client was built without redirectUri"));
  }

  private boolean bindsBy(CodeBinding binding) {
    return settings.dpopCode().filter(code -> code.binding() == binding).isPresent();
  }

  private AuthorizationRequest pushed(Transaction transaction, ResponseMode mode) {
    FlowRequest request = transaction.request();
    AuthorizationRequest.Builder pushed =
        AuthorizationRequest.builder(
                settings.clientId(),
                transaction.redirectUri(),
                CodeChallenge.of(transaction.codeVerifier()))
            .scope(request.scope())
            .state(transaction.state())
            .responseMode(mode)
            .resources(request.resources())
            .prompt(request.prompt())
            .acrValues(request.acrValues())
            .authorizationDetails(request.authorizationDetails());
    transaction.nonce().ifPresent(pushed::nonce);
    request.maxAge().ifPresent(pushed::maxAge);
    request.loginHint().ifPresent(pushed::loginHint);
    request.uiLocales().ifPresent(pushed::uiLocales);
    request.grantManagement().ifPresent(pushed::grantManagement);
    settings
        .dpopCode()
        .filter(code -> code.binding() == CodeBinding.JKT_PARAMETER)
        .ifPresent(code -> pushed.dpopJkt(code.jkt()));
    return pushed.build();
  }

  private static PushedAuthorizationResponse read(JsonObject answer) throws ProtocolViolation {
    try {
      return PushedAuthorizationResponse.read(answer);
    } catch (MalformedJsonException e) {
      throw new ProtocolViolation("PAR-5", "the pushed request was answered wrongly");
    }
  }

  /**
   * Issuer, and signature where there is one, first; then whose flow it is, which ends here, and
   * what it says; only then the one token call.
   */
  @Enforces({"SP-5.3.3.2-4", "SP-5.3.3.2-5", "SP-6.4", "BCP-2.1-2", "BCP-2.1-3"})
  Tokens callback(BrowserSession session, Arrival arrival, String raw) throws ClientException {
    AuthorizationResponse response = answers.read(arrival, raw);
    State state =
        response
            .state()
            .orElseThrow(() -> new ProtocolViolation("BCP-2.1-2", "the answer has no state"));
    Transaction transaction =
        transactions
            .take(settings.issuer(), session.digest(), state, clock.instant())
            .orElseThrow(
                () ->
                    new ProtocolViolation(
                        "SP-5.3.3.2-4", "no open flow of this browser session has this state"));
    return switch (response) {
      case AuthorizationResponse.Success success -> redeem(transaction, success);
      case AuthorizationResponse.Failure failure ->
          throw new AuthorizationRefused(failure.error(), failure.description().orElse(""));
    };
  }

  private Tokens redeem(Transaction transaction, AuthorizationResponse.Success success)
      throws ClientException {
    TokenRequest request =
        new TokenRequest.AuthorizationCode(
            success.code(),
            transaction.redirectUri(),
            transaction.codeVerifier(),
            transaction.request().resources());
    return tokens.ofCode(request, transaction);
  }
}
