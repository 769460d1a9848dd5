package dev.countersign.it.journey;

import dev.countersign.edge.CannotListenException;
import dev.countersign.edge.ClientCertificates;
import dev.countersign.edge.Handler;
import dev.countersign.edge.HttpResponse;
import dev.countersign.edge.HttpsServer;
import dev.countersign.edge.InvalidTlsIdentityException;
import dev.countersign.edge.TlsIdentity;
import dev.countersign.protocol.accesstoken.SenderConstraint;
import dev.countersign.protocol.dpop.DpopNonces;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.protocol.rar.AuthorizationDetails;
import dev.countersign.protocol.resourcerequest.UserAuthentication;
import dev.countersign.protocol.resourcerequest.Wanted;
import dev.countersign.remote.Freshness;
import dev.countersign.remote.HttpsExchange;
import dev.countersign.remote.HttpsFetcher;
import dev.countersign.remote.RemoteIssuer;
import dev.countersign.remote.StrictTls;
import dev.countersign.resource.Access;
import dev.countersign.resource.InMemoryProofReplays;
import dev.countersign.resource.IssuerKeys;
import dev.countersign.resource.Nonces;
import dev.countersign.resource.OpaqueTokens;
import dev.countersign.resource.PublicUrl;
import dev.countersign.resource.ResourceRequest;
import dev.countersign.resource.ResourceServer;
import dev.countersign.resource.TokenStatus;
import dev.countersign.resource.Verdict;
import dev.countersign.testkit.TestTls;
import java.net.URI;
import java.net.http.HttpClient;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** A protected resource: {@code GET} of anything, for the scope accounts, with nonces. */
final class Bank implements AutoCloseable {
  private static final Scope ACCOUNTS = Scope.of("accounts");

  /** What only a recent login by password opens. */
  static final String VAULT = "/vault";

  /** The authentication context that the vault wants. */
  static final String PASSWORD = "urn:example:password";

  private static final Wanted STRONG =
      Wanted.of(ACCOUNTS).with(UserAuthentication.oneOf(PASSWORD).andWithin(Duration.ofMinutes(5)));
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final HttpClient http;
  private final HttpsServer https;

  private Bank(HttpClient http, HttpsServer https) {
    this.http = http;
    this.https = https;
  }

  /**
   * Whom the bank asks whether a token stands, and what an opaque one allows if that can be said.
   */
  @FunctionalInterface
  interface Asking {
    TokenStatus by(RemoteIssuer issuer, HttpsExchange exchange);
  }

  /** Opens at {@code port} of this machine, which is also its public address; asks nobody. */
  static Bank open(TestTls tls, Jose jose, Issuer issuer, URI self, SecureRandom random) {
    return open(tls, jose, issuer, self, random, (_, _) -> TokenStatus.untilExpiry());
  }

  /** As above, asking somebody. */
  static Bank open(
      TestTls tls, Jose jose, Issuer issuer, URI self, SecureRandom random, Asking asking) {
    return open(tls, jose, issuer, self, random, asking, InstantSource.system());
  }

  /** As above, by another clock. */
  static Bank open(
      TestTls tls,
      Jose jose,
      Issuer issuer,
      URI self,
      SecureRandom random,
      Asking asking,
      InstantSource clock) {
    return open(tls, jose, issuer, self, random, asking, clock, SenderConstraint.DPOP);
  }

  private static Bank open(
      TestTls tls,
      Jose jose,
      Issuer issuer,
      URI self,
      SecureRandom random,
      Asking asking,
      InstantSource clock,
      SenderConstraint... constraints) {
    HttpClient http = StrictTls.httpClient(tls.trust(), TIMEOUT);
    byte[] nonceKey = new byte[32];
    random.nextBytes(nonceKey);
    RemoteIssuer remote =
        new RemoteIssuer(
            new HttpsFetcher(http, TIMEOUT, 64 * 1024),
            issuer,
            clock,
            new Freshness(Duration.ofMinutes(10), Duration.ZERO, Duration.ofHours(1)));
    TokenStatus status = asking.by(remote, new HttpsExchange(http, TIMEOUT, 64 * 1024));
    ResourceServer guard =
        ResourceServer.of(
                new ResourceServer.Settings(
                        issuer,
                        new ResourceIndicator(self.toString()),
                        new PublicUrl(self),
                        new Nonces.On(
                            new DpopNonces(
                                jose, "rs", List.of(nonceKey), Duration.ofMinutes(5), random)))
                    .taking(constraints),
                jose,
                IssuerKeys.of(remote),
                new InMemoryProofReplays(clock.instant()),
                clock)
            .asking(status)
            .takingOpaque(status instanceof OpaqueTokens opaque ? opaque : OpaqueTokens.none());
    try {
      return new Bank(
          http,
          HttpsServer.builder()
              .bind("127.0.0.1", self.getPort())
              .tls(TlsIdentity.of(List.of(tls.certificate()), tls.key()))
              .clientCertificates(
                  List.of(constraints).contains(SenderConstraint.MTLS)
                      ? ClientCertificates.WANTED
                      : ClientCertificates.NONE)
              .handler(handler(guard))
              .start());
    } catch (CannotListenException | InvalidTlsIdentityException e) {
      throw new AssertionError(e);
    }
  }

  /** As above, for tokens that are bound either way: it asks clients for certificates. */
  static Bank forEitherBinding(
      TestTls tls, Jose jose, Issuer issuer, URI self, SecureRandom random, Asking asking) {
    return open(
        tls, jose, issuer, self, random, asking, InstantSource.system(), SenderConstraint.values());
  }

  private static Handler handler(ResourceServer guard) {
    return request -> {
      Verdict verdict =
          guard.judge(
              new ResourceRequest(
                  request.method(),
                  request.path(),
                  request.query(),
                  request.headers(),
                  request.clientCertificates()),
              request.path().equals(VAULT) ? STRONG : Wanted.of(ACCOUNTS));
      HttpResponse response =
          switch (verdict) {
            case Verdict.Admitted in -> accounts(in.access());
            case Verdict.Refused no -> HttpResponse.empty(no.status());
          };
      for (Map.Entry<String, String> header : verdict.headers()) {
        response = response.adding(header.getKey(), header.getValue());
      }
      return response;
    };
  }

  private static HttpResponse accounts(Access access) {
    return HttpResponse.json(
        200,
        JsonObject.builder()
            .put("owner", access.subject().value())
            .put(AuthorizationDetails.NAME, access.token().authorizationDetails().member())
            .build());
  }

  @Override
  public void close() {
    https.close();
    http.close();
  }
}
