package dev.countersign.client;

import dev.countersign.protocol.clientauth.ClientAssertion;
import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.oauth.Jti;
import dev.countersign.protocol.token.ErrorResponse;
import dev.countersign.remote.RemoteAnswer;
import dev.countersign.requirement.Enforces;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Authenticated requests to the back-channel endpoints of one authorization server: a form goes,
 * with a fresh client assertion or over a connection that shows the client certificate; mostly a
 * JSON object comes. May be called by any number of threads at once.
 */
final class AuthorizationServer {

  private static final Logger log = LoggerFactory.getLogger(AuthorizationServer.class);

  /** What a server says when a time stamp of ours is not acceptable. */
  private static final Set<String> PERHAPS_OUR_CLOCK =
      Set.of("invalid_client", "invalid_dpop_proof", "invalid_request_object");

  /**
   * One endpoint and what its success looks like.
   *
   * @param name for messages and logs
   * @param success the one status that is success
   * @param proved whether a DPoP proof goes along
   */
  record Endpoint(String name, URI uri, int success, boolean proved) {}

  private final Issuer issuer;
  private final ClientId clientId;
  private final ClientAuthentication authentication;
  private final Jose jose;
  private final SecureRandom random;
  private final ServerTime time;
  private final ConstrainedSender sender;

  AuthorizationServer(
      Issuer issuer,
      ClientId clientId,
      ClientAuthentication authentication,
      Jose jose,
      SecureRandom random,
      ServerTime time,
      ConstrainedSender sender) {
    this.issuer = issuer;
    this.clientId = clientId;
    this.authentication = authentication;
    this.jose = jose;
    this.random = random;
    this.time = time;
    this.sender = sender;
  }

  /** Posts as {@link #send} does, for the JSON object of the answer. */
  JsonObject post(Endpoint endpoint, Form parameters, CallContext context) throws ClientException {
    return post(endpoint, () -> parameters, context);
  }

  /**
   * The same.
   *
   * @param parameters asked for at each attempt, since some are for one use or bear the time
   */
  JsonObject post(Endpoint endpoint, Supplier<Form> parameters, CallContext context)
      throws ClientException {
    try {
      return send(endpoint, parameters, context).json();
    } catch (MalformedJsonException e) {
      throw new ProtocolViolation("OA-4", "the " + endpoint.name() + " answered no JSON object");
    }
  }

  /**
   * Posts the parameters with client authentication; the answer is that of a success.
   *
   * <p>An attempt that fails for want of a nonce is repeated once; one that may have failed because
   * of our clock is repeated once with the server's time.
   */
  RemoteAnswer send(Endpoint endpoint, Form parameters, CallContext context)
      throws ClientException {
    return send(endpoint, () -> parameters, context);
  }

  private RemoteAnswer send(Endpoint endpoint, Supplier<Form> parameters, CallContext context)
      throws ClientException {
    Duration correction = time.correction();
    RemoteAnswer answer = attempt(endpoint, parameters, context);
    if (perhapsOurClock(endpoint, answer) && time.learnFrom(answer.headers(), correction)) {
      log.warn("the clock differs from that of {}: using its time", issuer.value());
      answer = attempt(endpoint, parameters, context);
    }
    if (answer.status() != endpoint.success()) {
      throw refused(endpoint, answer, context);
    }
    // What it issued bears its time, which a slow clock of ours must not call the future.
    time.learnFrom(answer.headers(), correction);
    return answer;
  }

  private RemoteAnswer attempt(Endpoint endpoint, Supplier<Form> parameters, CallContext context)
      throws TransportFault {
    var server = ServerNonces.Server.of(ServerNonces.Role.AUTHORIZATION_SERVER, endpoint.uri());
    Supplier<HttpRequest.Builder> request = () -> request(endpoint, parameters.get(), context);
    if (!endpoint.proved()) {
      return sender.sendUnproved(server, request.get().build());
    }
    return sender.send(
        new ProvedCall(
            server,
            "POST",
            endpoint.uri(),
            Optional.empty(),
            request,
            AuthorizationServer::demandsNonce));
  }

  private HttpRequest.Builder request(Endpoint endpoint, Form parameters, CallContext context) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(endpoint.uri())
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Accept", "application/json")
            .POST(BodyPublishers.ofString(authenticated(parameters).encode()));
    return context.mark(request);
  }

  private Form authenticated(Form parameters) {
    Form.Builder form = Form.builder();
    for (String name : parameters.names()) {
      parameters.values(name).forEach(value -> form.add(name, value));
    }
    return switch (authentication) {
      case ClientAuthentication.PrivateKeyJwt(SigningKey key) -> withAssertion(form, key);
      case ClientAuthentication.MutualTls() -> withClientId(form, parameters);
    };
  }

  /** A fresh assertion each time: one is for one use, and a refusal may have used it up. */
  @Enforces({"SP-5.3.3.1-2", "SP-5.3.3.1-5", "CA-1", "CA-2"})
  private Form withAssertion(Form.Builder form, SigningKey key) {
    String assertion =
        ClientAssertion.create(jose, key, clientId, issuer, Jti.random(random), time.now());
    return form.add("client_assertion_type", ClientAssertion.TYPE)
        .add("client_assertion", assertion)
        .build();
  }

  /** The connection shows the certificate; the body says whose it is. */
  @Enforces({"SP-5.3.3.1-2", "MT-1"})
  private Form withClientId(Form.Builder form, Form parameters) {
    return parameters.has("client_id")
        ? form.build()
        : form.add("client_id", clientId.value()).build();
  }

  /** RFC 9449 section 8: 400 with the error in JSON; some servers say 401. */
  private static boolean demandsNonce(RemoteAnswer answer) {
    return (answer.status() == 400 || answer.status() == 401)
        && errorOf(answer).filter(error -> error.error().equals("use_dpop_nonce")).isPresent();
  }

  private static boolean perhapsOurClock(Endpoint endpoint, RemoteAnswer answer) {
    return answer.status() != endpoint.success()
        && errorOf(answer).filter(e -> PERHAPS_OUR_CLOCK.contains(e.error())).isPresent();
  }

  private static ServerRefused refused(
      Endpoint endpoint, RemoteAnswer answer, CallContext context) {
    Optional<ErrorResponse> error = errorOf(answer);
    return new ServerRefused(
        endpoint.name(),
        answer.status(),
        error.map(ErrorResponse::error).orElse(""),
        error.flatMap(ErrorResponse::description).orElse(""),
        context.interactionId());
  }

  private static Optional<ErrorResponse> errorOf(RemoteAnswer answer) {
    try {
      return Optional.of(ErrorResponse.read(answer.json()));
    } catch (MalformedJsonException notAnOAuthError) {
      return Optional.empty();
    }
  }
}
