package dev.countersign.client;

import dev.countersign.protocol.accesstoken.SenderConstraint;
import dev.countersign.protocol.authorization.ResponseMode;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.oauth.RedirectUri;
import dev.countersign.remote.HttpsExchange;
import dev.countersign.remote.HttpsFetcher;
import dev.countersign.remote.StrictTls;
import dev.countersign.requirement.Enforces;
import java.net.URI;
import java.net.http.HttpClient;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;

/** Collects a {@link FapiClient}. For one thread. */
public final class FapiClientBuilder {

  /** Bounds of one document or answer: our choice. */
  private static final int MAX_DOCUMENT_BYTES = 256 * 1024;

  private static final int MAX_TRANSACTIONS = 10_000;

  private final Issuer issuer;
  private final ClientId clientId;
  private final ClientAuthentication authentication;
  private Optional<RedirectUri> redirectUri = Optional.empty();
  private SenderConstraint constraint = SenderConstraint.DPOP;
  private boolean mtlsEndpointAliases;
  private Optional<SSLContext> mutualTlsContext = Optional.empty();
  private Optional<HttpClient> mutualTls = Optional.empty();
  private Optional<HttpClient> httpClient = Optional.empty();
  private Optional<SSLContext> sslContext = Optional.empty();
  private Optional<SigningKey> dpopKey = Optional.empty();
  private Jose jose = Jose.jdk();
  private InstantSource clock = InstantSource.system();
  private SecureRandom random = new SecureRandom();
  private TransactionStore transactions = new InMemoryTransactionStore(MAX_TRANSACTIONS);
  private CodeBinding codeBinding = CodeBinding.JKT_PARAMETER;
  private MessageSigning signing = MessageSigning.NONE;
  private Duration timeout = Duration.ofSeconds(10);
  private Duration transactionLifetime = Duration.ofMinutes(30);
  private int maxResourceBytes = 4 * 1024 * 1024;
  private Optional<SigningKey> signatureKey = Optional.empty();
  private List<URI> signingResources = List.of();

  FapiClientBuilder(Issuer issuer, ClientId clientId, ClientAuthentication authentication) {
    this.issuer = issuer;
    this.clientId = clientId;
    this.authentication = authentication;
  }

  /** As registered with the issuer, and used for no other one; flows cannot begin without. */
  public FapiClientBuilder redirectUri(RedirectUri uri) {
    this.redirectUri = Optional.of(uri);
    return this;
  }

  /** What binds access tokens to this client, as registered; by default a DPoP key. */
  public FapiClientBuilder senderConstraint(SenderConstraint by) {
    this.constraint = by;
    return this;
  }

  /**
   * What connections show the client certificate by, for instance {@link
   * ClientCertificate#sslContext}. They go to the authorization server if it authenticates this
   * client by the certificate or binds tokens to it, and to resource servers for tokens bound to
   * it. All others go without. The key of the certificate is for nothing else.
   *
   * @param context with the key manager of the certificate, and where trusted authorities come from
   */
  public FapiClientBuilder mutualTls(SSLContext context) {
    this.mutualTlsContext = Optional.of(context);
    return this;
  }

  /** As {@link #mutualTls(SSLContext)}, with an HTTP client as {@link #httpClient} takes it. */
  public FapiClientBuilder mutualTls(HttpClient client) {
    this.mutualTls = Optional.of(client);
    return this;
  }

  /**
   * As {@code use_mtls_endpoint_aliases} in the client's registration says: every endpoint of the
   * authorization server is called at its {@code mtls_endpoint_aliases} if it has one there, and
   * shown the certificate, whatever this client authenticates by.
   */
  @Enforces("SP-5.2.2.1-3")
  public FapiClientBuilder useMtlsEndpointAliases() {
    this.mtlsEndpointAliases = true;
    return this;
  }

  /**
   * An HTTP client of the caller's, for instance with a proxy; make it with {@link
   * StrictTls#parameters}. One that follows redirects is refused by {@link #build}. In place of
   * {@link #sslContext}.
   */
  public FapiClientBuilder httpClient(HttpClient client) {
    this.httpClient = Optional.of(client);
    return this;
  }

  /** Where trusted authorities come from; by default those of the JDK. */
  public FapiClientBuilder sslContext(SSLContext context) {
    this.sslContext = Optional.of(context);
    return this;
  }

  /**
   * The DPoP key, for this issuer only. By default a fresh ES256 key of this instance: then access
   * tokens end with the process, and a flow must end in the process where it began. Several nodes
   * that share flows or access tokens share a key.
   */
  public FapiClientBuilder dpopKey(SigningKey key) {
    this.dpopKey = Optional.of(key);
    return this;
  }

  /** All cryptography; by default by the providers of the JDK. */
  public FapiClientBuilder jose(Jose with) {
    this.jose = with;
    return this;
  }

  /**
   * The clock. A wrong one is corrected by the issuer's time for calls to the issuer only; what
   * resource servers get bears the time of this clock.
   */
  public FapiClientBuilder clock(InstantSource with) {
    this.clock = with;
    return this;
  }

  /** The source of every secret. */
  public FapiClientBuilder random(SecureRandom with) {
    this.random = with;
    return this;
  }

  /** Where flows are kept; by default 10,000 at most in the memory of this process. */
  public FapiClientBuilder transactions(TransactionStore store) {
    this.transactions = store;
    return this;
  }

  /** How the code is bound to the DPoP key; by default by {@code dpop_jkt}. */
  public FapiClientBuilder codeBinding(CodeBinding with) {
    this.codeBinding = with;
    return this;
  }

  /**
   * Both sides sign: {@link #signedRequests()} and {@link #signedResponses()}, all that FAPI 2.0
   * Message Signing wants of a client beside the verification of ID tokens, which always happens.
   */
  public FapiClientBuilder messageSigning() {
    return signedRequests().signedResponses();
  }

  /**
   * As {@link #signedRequests(SigningKey)} with the authentication key, for a client with {@code
   * private_key_jwt}: a server looks for both signatures in the same {@code jwks} of the client,
   * and neither JWT can pass for the other. A client that a certificate authenticates needs a key
   * of its own for this.
   */
  public FapiClientBuilder signedRequests() {
    this.signing = signing.requests(Optional.empty());
    return this;
  }

  /**
   * Every authorization request goes as a request object (JAR, RFC 9101), signed with this key,
   * whose public half is registered. A server that verifies none by its algorithm is sent nothing.
   *
   * @param key may be that of the client's assertions, never the DPoP key
   */
  public FapiClientBuilder signedRequests(SigningKey key) {
    this.signing = signing.requests(Optional.of(key));
    return this;
  }

  /** As {@link #signedResponses(ResponseMode)} by {@link ResponseMode#JWT}. */
  public FapiClientBuilder signedResponses() {
    return signedResponses(ResponseMode.JWT);
  }

  /**
   * Every authorization response must come signed (JARM), and one that is not is refused, whatever
   * it says. A server that does not answer so is sent nothing.
   *
   * @param mode one that is signed, otherwise {@link IllegalArgumentException}; answers come to
   *     {@link FapiClient#callback}, those by {@link ResponseMode#FRAGMENT_JWT} to {@link
   *     FapiClient#callbackFragment}, those by {@link ResponseMode#FORM_POST_JWT} to {@link
   *     FapiClient#callbackForm}
   */
  public FapiClientBuilder signedResponses(ResponseMode mode) {
    this.signing = signing.responses(mode);
    return this;
  }

  /**
   * The one algorithm that signed responses may have, as registered ({@code
   * authorization_signed_response_alg}); by default PS256, ES256 and EdDSA are taken.
   */
  @Enforces("JARM-7")
  public FapiClientBuilder authorizationSignedResponseAlg(SignatureAlgorithm registered) {
    this.signing = signing.responseAlgorithm(registered);
    return this;
  }

  /** Longest time for one whole exchange; positive, by default 10 seconds. */
  public FapiClientBuilder timeout(Duration longest) {
    this.timeout = longest;
    return this;
  }

  /** How long a person may take between begin and callback; positive, by default 30 minutes. */
  public FapiClientBuilder transactionLifetime(Duration longest) {
    this.transactionLifetime = longest;
    return this;
  }

  /** Largest answer of a resource server; positive, by default 4 MiB. */
  public FapiClientBuilder maxResourceBytes(int largest) {
    this.maxResourceBytes = largest;
    return this;
  }

  /**
   * Signs every request to a resource server, and takes signed answers alone (FAPI 2.0 HTTP
   * Signatures); off by default. What the authorization server is asked is not signed by this. Of
   * an answer, {@link ResourceResponse#headers} has the fields that were signed.
   *
   * <p>The keys of a resource server are those that its metadata name (RFC 9728), found by its
   * identifier: the longest of {@code resources} that the target of a request is below, or else
   * scheme, host and port of the target.
   *
   * @param key of this client, for this alone; resource servers know its public half
   * @param resources identifiers of resource servers that have a path
   * @throws IllegalArgumentException if one of them is no https URL without query
   */
  @Enforces({"HS-5.3.1.1-1", "HS-5.3.2.2-1"})
  public FapiClientBuilder httpSignatures(SigningKey key, URI... resources) {
    this.signingResources = ResourceServerKeys.identifiers(List.of(resources));
    this.signatureKey = Optional.of(key);
    return this;
  }

  /**
   * The client; nothing is fetched yet.
   *
   * @throws IllegalArgumentException if the DPoP key is the authentication key or that of signed
   *     requests, or is given where a certificate binds tokens; if the key of HTTP signatures is
   *     one of these; if requests shall be signed and there is no key for it; if an algorithm of
   *     signed responses is given, and they are not demanded; if a certificate is needed and {@link
   *     #mutualTls} was not called; if an HTTP client follows redirects, or a bound is not positive
   */
  public FapiClient build() {
    if (transactionLifetime.isZero() || transactionLifetime.isNegative()) {
      throw new IllegalArgumentException("transactionLifetime must be positive");
    }
    ServerTime time = new ServerTime(clock);
    Optional<SigningKey> key = singlePurposeDpopKey();
    Connections to = connections();
    HttpsFetcher fetcher = new HttpsFetcher(to.plain(), timeout, MAX_DOCUMENT_BYTES);
    ServerDocuments documents =
        new ServerDocuments(
            fetcher, issuer, clock, showsCertificate(), showsCertificateAtUserinfo());
    ConstrainedSender backChannel = sender(to.backChannel(), MAX_DOCUMENT_BYTES, key, time::now);
    AuthorizationServer server =
        new AuthorizationServer(issuer, clientId, authentication, jose, random, time, backChannel);
    IdTokens idTokens = new IdTokens(jose, issuer, clientId, documents, time);
    RefreshTokens refreshTokens = new RefreshTokens();
    ResourceDescriptions descriptions = new ResourceDescriptions(fetcher);
    TokenCalls tokens =
        new TokenCalls(
            issuer, documents, server, idTokens, refreshTokens, constraint, time, random);
    return new FapiClient(
        documents,
        codeFlow(documents, server, tokens, key, time),
        tokens,
        new Revocation(issuer, documents, server, refreshTokens),
        new ResourceCalls(
            issuer,
            documents,
            constraint,
            sender(to.resources(), maxResourceBytes, key, clock),
            sender(to.userinfo(), maxResourceBytes, key, time::now),
            signatures(
                key, new ResourceServerKeys(descriptions, fetcher, clock, signingResources))),
        descriptions,
        key.map(SigningKey::thumbprint));
  }

  /** A key that is for something else, too, would sign what its other use may take for its own. */
  @Enforces("SP-6.8-2")
  private Optional<HttpSignatures> signatures(Optional<SigningKey> dpop, ResourceServerKeys keys) {
    if (signatureKey.isPresent()
        && Stream.concat(dpop.stream(), keysOfJwts(dpop))
            .anyMatch(key -> key.thumbprint().equals(signatureKey.get().thumbprint()))) {
      throw new IllegalArgumentException(
          "the key of HTTP signatures must be for nothing else (SP-6.8-2)");
    }
    return signatureKey.map(key -> new HttpSignatures(jose, key, keys, clock, random));
  }

  private CodeFlow codeFlow(
      ServerDocuments documents,
      AuthorizationServer server,
      TokenCalls tokens,
      Optional<SigningKey> key,
      ServerTime time) {
    return new CodeFlow(
        new CodeFlow.Settings(
            issuer,
            clientId,
            redirectUri,
            key.map(dpop -> new CodeFlow.DpopCode(dpop.thumbprint(), codeBinding)),
            transactionLifetime),
        documents,
        server,
        tokens,
        new RequestSigning(signing.key(authentication, key), jose, issuer, time, random),
        signing.answers(jose, issuer, clientId, documents, time),
        transactions,
        clock,
        random);
  }

  private ConstrainedSender sender(
      HttpClient http, int maxBytes, Optional<SigningKey> dpop, InstantSource time) {
    LoggedExchange exchange = new LoggedExchange(new HttpsExchange(http, timeout, maxBytes));
    return dpop.<ConstrainedSender>map(key -> new DpopSender(exchange, jose, key, random, time))
        .orElseGet(() -> new CertificateSender(exchange));
  }

  private Connections connections() {
    return Connections.of(
        new Connections.Given(httpClient, sslContext, mutualTls, mutualTlsContext, timeout),
        showsCertificate(),
        showsCertificateAtUserinfo(),
        constraint == SenderConstraint.MTLS);
  }

  private boolean showsCertificate() {
    return showsCertificateAtUserinfo() || authentication instanceof ClientAuthentication.MutualTls;
  }

  /**
   * Userinfo authenticates nobody: there the certificate matters only if tokens are bound to it.
   */
  private boolean showsCertificateAtUserinfo() {
    return mtlsEndpointAliases || constraint == SenderConstraint.MTLS;
  }

  /**
   * One key for one purpose, and one DPoP key for one issuer; none where nothing is bound to it.
   */
  @Enforces({"SP-6.3", "SP-6.8-2"})
  private Optional<SigningKey> singlePurposeDpopKey() {
    if (constraint == SenderConstraint.MTLS) {
      if (dpopKey.isPresent()) {
        throw new IllegalArgumentException("a DPoP key is given, but a certificate binds tokens");
      }
      return Optional.empty();
    }
    SigningKey key = dpopKey.orElseGet(() -> jose.generate(SignatureAlgorithm.ES256, random));
    if (authentication instanceof ClientAuthentication.PrivateKeyJwt(SigningKey mine)
        && key.thumbprint().equals(mine.thumbprint())) {
      throw new IllegalArgumentException(
          "the DPoP key must be another one than the authentication key (SP-6.8-2)");
    }
    return Optional.of(key);
  }

  /** What authenticates the client, and what signs its requests: they may be one. */
  private Stream<SigningKey> keysOfJwts(Optional<SigningKey> dpop) {
    Stream<SigningKey> requests = signing.key(authentication, dpop).stream();
    return authentication instanceof ClientAuthentication.PrivateKeyJwt(SigningKey mine)
        ? Stream.concat(requests, Stream.of(mine))
        : requests;
  }
}
