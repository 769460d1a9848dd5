package dev.countersign.client;

import dev.countersign.client.AuthorizationAnswers.Arrival;
import dev.countersign.protocol.grants.GrantResource;
import dev.countersign.protocol.http.EndUserPresent;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.jose.Thumbprint;
import dev.countersign.protocol.metadata.AuthorizationServerMetadata;
import dev.countersign.protocol.metadata.ProtectedResourceMetadata;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.GrantId;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.oauth.RedirectUri;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.protocol.rar.AuthorizationDetails;
import dev.countersign.requirement.Enforces;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * A confidential client of one authorization server under the FAPI 2.0 Security Profile: pushed
 * requests and PKCE, authentication by {@code private_key_jwt} or a client certificate, tokens
 * bound to a DPoP key or to that certificate, with nothing to switch off.
 *
 * <p>One instance serves one issuer with one key or certificate, for all people and any number of
 * threads, for as long as the application runs. A client of several issuers makes an instance for
 * each, with a redirect URI and keys of its own for each. Nothing is fetched before the first call.
 *
 * <p>Every method throws {@link ClientException} of one of five kinds; misuse by the caller is an
 * {@link IllegalArgumentException}. Requests follow no redirect, answers are bounded in time and
 * size. This class sends a request a second time only when the server asks for a nonce, or when it
 * refused and its clock differs by more than 5 seconds; then with a fresh proof.
 *
 * <p>The HTTP client of the JDK sends a GET or HEAD again, as it is and with the same proof, when
 * the connection closes before any byte of the answer. A server that took the first one then
 * refuses the second as a replay, which shows as a 401. No setting of one client switches that off;
 * the system property {@code jdk.httpclient.redirects.retrylimit=1} does for the whole process, and
 * then the broken connection is a {@link TransportFault}. Other methods are not sent again, unless
 * the system property {@code jdk.httpclient.enableAllMethodRetry} is set: do not set it.
 */
public final class FapiClient {

  private final ServerDocuments documents;
  private final CodeFlow codeFlow;
  private final TokenCalls tokenCalls;
  private final Revocation revocation;
  private final ResourceCalls resourceCalls;
  private final ResourceDescriptions descriptions;
  private final Optional<Thumbprint> dpopJkt;

  FapiClient(
      ServerDocuments documents,
      CodeFlow codeFlow,
      TokenCalls tokenCalls,
      Revocation revocation,
      ResourceCalls resourceCalls,
      ResourceDescriptions descriptions,
      Optional<Thumbprint> dpopJkt) {
    this.documents = documents;
    this.codeFlow = codeFlow;
    this.tokenCalls = tokenCalls;
    this.revocation = revocation;
    this.resourceCalls = resourceCalls;
    this.descriptions = descriptions;
    this.dpopJkt = dpopJkt;
  }

  /**
   * Collects what a client needs; the rest has safe defaults.
   *
   * @param issuer from an authoritative source such as your own configuration, never from a message
   * @param clientId as registered with that issuer
   * @param authenticationKey whose public half is registered there; used for nothing else, but for
   *     requests if {@link FapiClientBuilder#signedRequests()} says so
   * @param redirectUri as registered there, and used for no other issuer
   */
  @Enforces("SP-5.3.3.1-10")
  public static FapiClientBuilder builder(
      Issuer issuer, ClientId clientId, SigningKey authenticationKey, RedirectUri redirectUri) {
    return builder(issuer, clientId, new ClientAuthentication.PrivateKeyJwt(authenticationKey))
        .redirectUri(redirectUri);
  }

  /**
   * Collects what a client with either authentication needs. One that begins flows has a {@link
   * FapiClientBuilder#redirectUri}, one that calls for itself alone needs none.
   *
   * @param issuer from an authoritative source such as your own configuration, never from a message
   * @param clientId as registered with that issuer
   * @param authentication as registered there
   */
  @Enforces("SP-5.3.3.1-10")
  public static FapiClientBuilder builder(
      Issuer issuer, ClientId clientId, ClientAuthentication authentication) {
    return new FapiClientBuilder(issuer, clientId, authentication);
  }

  /**
   * Begins a flow that a person asked for: pushes the request and remembers it for the browser
   * session. Send the browser to the URL with status 303.
   *
   * @param start proof of the person's own doing, from {@link BrowserSession#confirmStart}
   * @param request what to ask for, as little as is needed
   */
  public AuthorizationUrl begin(UserStart start, FlowRequest request) throws ClientException {
    return codeFlow.begin(start, request);
  }

  /**
   * Ends a flow: takes what the browser brought to the redirect URI and redeems the code. A flow
   * can be ended once, and only in the browser session that began it; after any failure begin a new
   * one. Give the session a fresh cookie value when a person is logged in by it.
   *
   * <p>A client that demands signed answers ({@link FapiClientBuilder#signedResponses}) takes no
   * other; the flow is over only with an answer whose signature is good.
   *
   * @param session of the browser that came to the redirect URI
   * @param rawQuery its query as it stands in the URL, still encoded, without the question mark
   * @throws AuthorizationRefused if the server answered with an error
   * @throws ProtocolViolation if the answer is not the genuine answer to this session's flow; no
   *     endpoint was called
   */
  public Tokens callback(BrowserSession session, String rawQuery) throws ClientException {
    return codeFlow.callback(session, Arrival.QUERY, rawQuery);
  }

  /**
   * As {@link #callback}, for a client that is answered by {@code fragment.jwt}: no browser sends
   * the fragment to a server, so a script of the page at the redirect URI posts it.
   *
   * @param session of the browser that posts it
   * @param rawFragment the fragment as it stands in the URL, still encoded, without the number sign
   */
  public Tokens callbackFragment(BrowserSession session, String rawFragment)
      throws ClientException {
    return codeFlow.callback(session, Arrival.FRAGMENT, rawFragment);
  }

  /**
   * As {@link #callback}, for a client that is answered by {@code form_post.jwt}: the server's page
   * has the browser post a form to the redirect URI. That is a post from another site, with which
   * browsers send no cookie of {@code SameSite=Lax}, so that nobody knows the session there. Answer
   * it with a page that posts the same field to another path of your site: that post has the
   * cookie, and its body is for this method.
   *
   * @param session of the browser that posts it
   * @param rawBody the body as it came from your page, still encoded
   */
  public Tokens callbackForm(BrowserSession session, String rawBody) throws ClientException {
    return codeFlow.callback(session, Arrival.FORM, rawBody);
  }

  /**
   * A new access token for all that was granted. Keep the result in place of {@code tokens}: the
   * refresh token in it is the one to use from now on, new or not.
   *
   * <p>Threads that refresh the same tokens at once do so one after the other, each with the newest
   * refresh token, so that a server that rotates them sees none twice. Several processes that share
   * tokens see to that themselves.
   *
   * @param tokens with a refresh token, otherwise {@link IllegalArgumentException}
   */
  public Tokens refresh(Tokens tokens) throws ClientException {
    return refresh(tokens, RefreshRequest.same());
  }

  /** As {@link #refresh(Tokens)}, for less scope or for another resource. */
  public Tokens refresh(Tokens tokens, RefreshRequest request) throws ClientException {
    return tokenCalls.ofRefresh(tokens, request);
  }

  /**
   * An access token of the client's own, for no person.
   *
   * @param scope what is asked for; {@link Scope#NONE} leaves it to the server
   * @param resources where it shall be usable; empty leaves it to the server
   */
  public Tokens clientCredentials(Scope scope, List<ResourceIndicator> resources)
      throws ClientException {
    return tokenCalls.ofClient(scope, resources, AuthorizationDetails.NONE);
  }

  /**
   * As {@link #clientCredentials(Scope, List)}, with details beside the scope.
   *
   * @param details of types that the client may have for itself
   */
  @Enforces({"RAR-6-1"})
  public Tokens clientCredentials(
      Scope scope, List<ResourceIndicator> resources, AuthorizationDetails details)
      throws ClientException {
    return tokenCalls.ofClient(scope, resources, details);
  }

  /**
   * Gives back what was granted: has the server end the refresh token, or where there is none the
   * access token. Tokens that are over are no error. When this returns, forget the tokens: no
   * refresh works any more, but a resource server that does not ask the server takes the access
   * token until it expires. After a failure they may still be good; try again.
   *
   * @param tokens of this client's issuer, otherwise {@link IllegalArgumentException}
   * @throws MetadataFault if the server has no revocation endpoint
   * @throws ServerRefused for instance with {@code unsupported_token_type}, if the server cannot
   *     end such a token before it expires
   */
  public void revoke(Tokens tokens) throws ClientException {
    revocation.revoke(tokens, new EndUserPresent(false));
  }

  /** As {@link #revoke(Tokens)}, saying whether a person is active in the session. */
  public void revoke(Tokens tokens, EndUserPresent endUserPresent) throws ClientException {
    revocation.revoke(tokens, endUserPresent);
  }

  /**
   * What the server tells about the person who logged in.
   *
   * @param tokens with an ID token, otherwise {@link IllegalArgumentException}
   * @throws ProtocolViolation if the answer is about somebody else
   */
  public UserInfo userinfo(Tokens tokens) throws ClientException {
    return resourceCalls.userinfo(tokens, new EndUserPresent(false));
  }

  /** As {@link #userinfo(Tokens)}, saying whether a person is active in the session. */
  public UserInfo userinfo(Tokens tokens, EndUserPresent endUserPresent) throws ClientException {
    return resourceCalls.userinfo(tokens, endUserPresent);
  }

  /**
   * What a grant allows now, which the person may have changed since. Gets a token of the client's
   * own for the question, each time; who has many questions keeps one for {@link
   * #queryGrant(Tokens, GrantId)}.
   *
   * @param grant from {@link Tokens#grantId}
   * @throws MetadataFault if the server has no grant management
   * @throws ServerRefused with status 404 or 403 if the grant is gone or another client's, with 503
   *     when the server is busy: wait for {@link ServerRefused#retryAfter}; and if the client may
   *     not have the scope {@link GrantResource#QUERY_SCOPE}
   */
  public GrantResource queryGrant(GrantId grant) throws ClientException {
    // First of all, so that no token is fetched in vain.
    URI url = resourceCalls.grantUrl(grant);
    Tokens own = clientCredentials(Scope.of(GrantResource.QUERY_SCOPE), List.of());
    return resourceCalls.queryGrant(own, url);
  }

  /**
   * As {@link #queryGrant(GrantId)}, with a token that is there.
   *
   * @param own tokens of the client's own, by {@link #clientCredentials}, with the scope {@link
   *     GrantResource#QUERY_SCOPE}; those that a person's flow brought are refused
   */
  public GrantResource queryGrant(Tokens own, GrantId grant) throws ClientException {
    return resourceCalls.queryGrant(own, resourceCalls.grantUrl(grant));
  }

  /**
   * Ends a grant and with it all its tokens. Gets a token of the client's own for it, each time.
   *
   * @param grant from {@link Tokens#grantId}
   * @throws MetadataFault if the server has no grant management
   * @throws ServerRefused as {@link #queryGrant(GrantId)}, with the scope {@link
   *     GrantResource#REVOKE_SCOPE}
   */
  public void revokeGrant(GrantId grant) throws ClientException {
    URI url = resourceCalls.grantUrl(grant);
    Tokens own = clientCredentials(Scope.of(GrantResource.REVOKE_SCOPE), List.of());
    resourceCalls.revokeGrant(own, url);
  }

  /**
   * As {@link #revokeGrant(GrantId)}, with a token that is there.
   *
   * @param own tokens of the client's own, by {@link #clientCredentials}, with the scope {@link
   *     GrantResource#REVOKE_SCOPE}; those that a person's flow brought are refused
   */
  public void revokeGrant(Tokens own, GrantId grant) throws ClientException {
    resourceCalls.revokeGrant(own, resourceCalls.grantUrl(grant));
  }

  /**
   * Calls a resource server with the access token. The answer is given back whatever its status; an
   * expired token shows as 401, after which {@link #refresh(Tokens)} helps.
   *
   * @param tokens of this client's issuer, otherwise {@link IllegalArgumentException}
   */
  public ResourceResponse call(Tokens tokens, ResourceRequest request) throws ClientException {
    return resourceCalls.call(tokens, request);
  }

  /**
   * What the server says about itself, kept for an hour: for instance whether it can end tokens.
   *
   * @throws MetadataFault if it is another issuer's, or not usable
   */
  public AuthorizationServerMetadata metadata() throws ClientException {
    return documents.metadata();
  }

  /**
   * What a protected resource says of itself (RFC 9728), for an application that does not know it
   * yet: whose tokens it takes, and which scopes it has. Whether to trust the authorization servers
   * it names is for the application to say; this client serves its one issuer.
   *
   * @param resource the identifier of the resource
   * @throws MetadataFault if the document is not about that resource, or not usable
   */
  public ProtectedResourceMetadata describe(URI resource) throws ClientException {
    return descriptions.of(resource);
  }

  /**
   * As {@link #describe(URI)}, from where a refusal says ({@code resource_metadata}); empty if it
   * says nothing.
   *
   * @param called where the refused request went: the resource that the document must be about
   * @throws ProtocolViolation if it leads to another host than the one that was called
   */
  public Optional<ProtectedResourceMetadata> describe(URI called, ResourceResponse refusal)
      throws ClientException {
    return descriptions.named(called, refusal);
  }

  /**
   * The thumbprint of the DPoP key that all access tokens of this client are bound to; empty if a
   * client certificate binds them.
   */
  public Optional<Thumbprint> dpopJkt() {
    return dpopJkt;
  }
}
