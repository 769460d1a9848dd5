package dev.countersign.client;

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
import java.net.http.HttpClient;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** Collects a {@link FapiClient}. For one thread. */
public final class FapiClientBuilder {

  /** Bounds of one document or answer: our choice. */
  private static final int MAX_DOCUMENT_BYTES = 256 * 1024;

  private static final int MAX_TRANSACTIONS = 10_000;

  private final Issuer issuer;
  private final ClientId clientId;
  private final SigningKey authenticationKey;
  private final RedirectUri redirectUri;
  private Optional<HttpClient> httpClient = Optional.empty();
  private Optional<SSLContext> sslContext = Optional.empty();
  private Optional<SigningKey> dpopKey = Optional.empty();
  private Jose jose = Jose.jdk();
  private InstantSource clock = InstantSource.system();
  private SecureRandom random = new SecureRandom();
  private TransactionStore transactions = new InMemoryTransactionStore(MAX_TRANSACTIONS);
  private CodeBinding codeBinding = CodeBinding.JKT_PARAMETER;
  private Duration timeout = Duration.ofSeconds(10);
  private Duration transactionLifetime = Duration.ofMinutes(30);
  private int maxResourceBytes = 4 * 1024 * 1024;

  FapiClientBuilder(
      Issuer issuer, ClientId clientId, SigningKey authenticationKey, RedirectUri redirectUri) {
    this.issuer = issuer;
    this.clientId = clientId;
    this.authenticationKey = authenticationKey;
    this.redirectUri = redirectUri;
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
   * The client; nothing is fetched yet.
   *
   * @throws IllegalArgumentException if the DPoP key is the authentication key, the HTTP client
   *     follows redirects, or a bound is not positive
   */
  public FapiClient build() {
    if (transactionLifetime.isZero() || transactionLifetime.isNegative()) {
      throw new IllegalArgumentException("transactionLifetime must be positive");
    }
    HttpClient http = httpClient.orElseGet(() -> StrictTls.httpClient(trust(), timeout));
    SigningKey key = singlePurposeDpopKey();
    ServerTime time = new ServerTime(clock);
    ServerDocuments documents =
        new ServerDocuments(new HttpsFetcher(http, timeout, MAX_DOCUMENT_BYTES), issuer, clock);
    DpopSender backChannel =
        new DpopSender(
            new HttpsExchange(http, timeout, MAX_DOCUMENT_BYTES), jose, key, random, time::now);
    HttpsExchange resources = new HttpsExchange(http, timeout, maxResourceBytes);
    AuthorizationServer server =
        new AuthorizationServer(
            issuer, clientId, authenticationKey, jose, random, time, backChannel);
    IdTokens idTokens = new IdTokens(jose, issuer, clientId, documents, time);
    TokenCalls tokenCalls = new TokenCalls(issuer, documents, server, idTokens, time, random);
    CodeFlow codeFlow =
        new CodeFlow(
            new CodeFlow.Settings(issuer, clientId, redirectUri, codeBinding, transactionLifetime),
            documents,
            server,
            tokenCalls,
            key.thumbprint(),
            transactions,
            clock,
            random);
    ResourceCalls resourceCalls =
        new ResourceCalls(
            issuer,
            documents,
            new DpopSender(resources, jose, key, random, clock),
            new DpopSender(resources, jose, key, random, time::now));
    return new FapiClient(
        codeFlow,
        tokenCalls,
        new Revocation(issuer, documents, server),
        resourceCalls,
        key.thumbprint());
  }

  /** One key for one purpose, and one DPoP key for one issuer. */
  @Enforces({"SP-6.3", "SP-6.8-2"})
  private SigningKey singlePurposeDpopKey() {
    SigningKey key = dpopKey.orElseGet(() -> jose.generate(SignatureAlgorithm.ES256, random));
    if (key.thumbprint().equals(authenticationKey.thumbprint())) {
      throw new IllegalArgumentException(
          "the DPoP key must be another one than the authentication key (SP-6.8-2)");
    }
    return key;
  }

  private SSLContext trust() {
    return sslContext.orElseGet(
        () -> {
          try {
            return SSLContext.getDefault();
          } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("the Java runtime has no default TLS settings", e);
          }
        });
  }
}
