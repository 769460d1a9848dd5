package dev.countersign.client;

import dev.countersign.protocol.accesstoken.SenderConstraint;
import dev.countersign.protocol.grants.GrantResource;
import dev.countersign.protocol.http.Challenge;
import dev.countersign.protocol.http.EndUserPresent;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.oauth.GrantId;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.oauth.Subject;
import dev.countersign.remote.RemoteAnswer;
import dev.countersign.requirement.Enforces;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** Calls with an access token: resource servers and the userinfo endpoint, which is one. */
final class ResourceCalls {

  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");

  private final Issuer issuer;
  private final ServerDocuments documents;
  private final SenderConstraint constraint;
  private final ConstrainedSender resources;
  private final ConstrainedSender userinfo;
  private final Optional<HttpSignatures> signatures;

  /**
   * Stores its parts.
   *
   * @param resources by the local clock: what the issuer says of the time counts with itself only
   * @param userinfo by the issuer's time
   * @param signatures of calls to resource servers; what the authorization server is asked, and
   *     answers, is not signed
   */
  ResourceCalls(
      Issuer issuer,
      ServerDocuments documents,
      SenderConstraint constraint,
      ConstrainedSender resources,
      ConstrainedSender userinfo,
      Optional<HttpSignatures> signatures) {
    this.issuer = issuer;
    this.documents = documents;
    this.constraint = constraint;
    this.resources = resources;
    this.userinfo = userinfo;
    this.signatures = signatures;
  }

  @Enforces({"HS-5.3.1.1-1", "HS-5.3.2.2-2"})
  ResourceResponse call(Tokens tokens, ResourceRequest request) throws ClientException {
    if (signatures.isEmpty()) {
      return call(resources, tokens, request);
    }
    SignedCall signed = signatures.get().of(request);
    ProvedCall call =
        proved(tokens, request).finishedBy(signed::sign).againAfter(signed::mayBeSentAgain);
    RemoteAnswer answer = resources.send(call);
    return ResourceResponse.signed(answer, signed.verified(answer), tokens.interactionId());
  }

  private ResourceResponse call(ConstrainedSender sender, Tokens tokens, ResourceRequest request)
      throws TransportFault {
    return new ResourceResponse(sender.send(proved(tokens, request)), tokens.interactionId());
  }

  @Enforces({"SP-5.3.3.1-3", "DP-10", "SP-6.3"})
  private ProvedCall proved(Tokens tokens, ResourceRequest request) {
    if (!tokens.issuer().equals(issuer)) {
      throw new IllegalArgumentException("the tokens are of another issuer (SP-6.3)");
    }
    CallContext context = new CallContext(tokens.interactionId(), request.endUserPresent());
    return new ProvedCall(
        ServerNonces.Server.of(ServerNonces.Role.RESOURCE_SERVER, request.target()),
        request.method(),
        request.target(),
        Optional.of(tokens.accessToken()),
        () -> authorized(tokens, request, context),
        ResourceCalls::demandsNonce);
  }

  private HttpRequest.Builder authorized(
      Tokens tokens, ResourceRequest request, CallContext context) {
    byte[] body = request.body();
    HttpRequest.Builder http =
        HttpRequest.newBuilder(request.target())
            .method(
                request.method(),
                body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
    request.headers().forEach(field -> http.header(field.getKey(), field.getValue()));
    String credentials = constraint.scheme() + " " + tokens.accessToken().reveal();
    return context.mark(http).setHeader("Authorization", credentials);
  }

  /** RFC 9449 section 9: 401 with a DPoP challenge that says so. */
  private static boolean demandsNonce(RemoteAnswer answer) {
    return answer.status() == 401
        && Challenge.parse(answer.headers().all(Challenge.HEADER)).stream()
            .filter(challenge -> challenge.hasScheme("DPoP"))
            .anyMatch(
                challenge -> challenge.attribute("error").equals(Optional.of("use_dpop_nonce")));
  }

  /** The claims about the person of the ID token; those about anybody else are discarded. */
  @Enforces("OA-12")
  UserInfo userinfo(Tokens tokens, EndUserPresent endUserPresent) throws ClientException {
    Subject expected =
        tokens
            .idToken()
            .orElseThrow(() -> new IllegalArgumentException("the tokens have no ID token (OA-12)"))
            .sub();
    URI endpoint = documents.endpoints().userinfo();
    ResourceRequest request =
        ResourceRequest.get(endpoint).withHeader("Accept", "application/json");
    ResourceResponse answer =
        call(userinfo, tokens, endUserPresent.value() ? request.withEndUserPresent() : request);
    if (answer.status() != 200) {
      throw refused("userinfo_endpoint", answer);
    }
    JsonObject claims = answer.json();
    try {
      if (!claims.string("sub").equals(Optional.of(expected.value()))) {
        throw new ProtocolViolation("OA-12", "userinfo is about another person");
      }
      return new UserInfo(expected, claims);
    } catch (MalformedJsonException e) {
      throw new ProtocolViolation("OA-12", "the sub of userinfo is malformed");
    }
  }

  /** What a grant allows (Grant Management section 6.4). */
  @Enforces({"GM-6.4-1"})
  GrantResource queryGrant(Tokens tokens, URI grant) throws ClientException {
    ResourceRequest request = ResourceRequest.get(grant).withHeader("Accept", "application/json");
    ResourceResponse answer = call(userinfo, tokens, request);
    if (answer.status() != 200) {
      throw refused("grant_management_endpoint", answer);
    }
    try {
      return GrantResource.read(answer.json());
    } catch (MalformedJsonException e) {
      throw new ProtocolViolation("GM-6.4-2", "the grant is told of wrongly: " + e.reason());
    }
  }

  /** Ends a grant (Grant Management section 6.5). */
  @Enforces({"GM-6.5-1"})
  void revokeGrant(Tokens tokens, URI grant) throws ClientException {
    ResourceResponse answer = call(userinfo, tokens, ResourceRequest.of("DELETE", grant));
    if (answer.status() != 204) {
      throw refused("grant_management_endpoint", answer);
    }
  }

  /** Where a grant is, of a server that has grant management. */
  @Enforces({"GM-6.3-1"})
  URI grantUrl(GrantId grant) throws ClientException {
    return GrantResource.url(documents.endpoints().grants(), grant);
  }

  private ServerRefused refused(String endpoint, ResourceResponse answer) {
    Optional<Challenge> challenge =
        answer.challenges().stream().filter(one -> one.hasScheme(constraint.scheme())).findFirst();
    return new ServerRefused(
        endpoint,
        answer.status(),
        challenge.flatMap(one -> one.attribute("error")).orElse(""),
        challenge.flatMap(one -> one.attribute("error_description")).orElse(""),
        answer.interactionId(),
        retryAfter(answer));
  }

  /** In seconds; a date is nothing to a clock that may be wrong. */
  private static Optional<Duration> retryAfter(ResourceResponse answer) {
    return answer
        .headers()
        .first("Retry-After")
        .filter(text -> SECONDS.matcher(text).matches())
        .map(Long::parseLong)
        .map(Duration::ofSeconds);
  }
}
