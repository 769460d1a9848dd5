package dev.countersign.it.journey;

import dev.countersign.client.ClientAuthentication;
import dev.countersign.client.ClientCertificate;
import dev.countersign.client.FapiClient;
import dev.countersign.client.FapiClientBuilder;
import dev.countersign.client.Transaction;
import dev.countersign.client.TransactionStore;
import dev.countersign.protocol.accesstoken.SenderConstraint;
import dev.countersign.protocol.jose.Base64Url;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.mtls.CertificateThumbprint;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.oauth.RedirectUri;
import dev.countersign.protocol.oauth.SecretDigest;
import dev.countersign.protocol.oauth.State;
import dev.countersign.remote.StrictTls;
import dev.countersign.testkit.TestCertificate;
import dev.countersign.testkit.TestTls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Everybody, with the budget app registered for one variant, a second listener at the server that
 * asks for certificates, and a bank that asks for them, too, takes either binding and asks the
 * server whether a token stands.
 */
final class VariantWorld implements AutoCloseable {
  /** The subject of the client's certificate, in the order of RFC 4514. */
  static final String SUBJECT = "CN=budget-app,O=Budget,C=SE";

  /** The same in the order of the certificate. */
  private static final String SUBJECT_AS_ENCODED = "C=SE,O=Budget,CN=budget-app";

  private static final int COORDINATE_BYTES = 32;
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final TestTls AUTHORITY =
      TestCertificate.selfSigned("CN=Clients").authority().make();

  /** The certificate of the client. */
  static final TestTls MINE = certificate();

  /** The key of assertions for who can't have the one that {@link RawClient} has. */
  static final TestTls SIGNER = TestTls.forHost("app.example.com");

  static final String SIGNER_KID = "signer";

  /** The certificate of somebody else of the same name. */
  private static final TestTls THIEFS = certificate();

  private final World world;
  private final Variant variant;
  private final List<String> more;
  private final Bank bank;
  private final HttpClient certified;
  private final HttpClient thief;

  /** Starts everybody; what is kept goes into the folder. */
  VariantWorld(Path folder, Variant variant) {
    this(folder, variant, List.of());
  }

  /** The same, with more members in the app's registration. */
  VariantWorld(Path folder, Variant variant, List<String> more) {
    this.variant = variant;
    this.more = List.copyOf(more);
    write(folder.resolve("clients.pem"), AUTHORITY);
    this.world = new World(folder, Jose.jdk());
    world.restartServer(this::registered);
    world.stopBank();
    this.bank =
        Bank.forEitherBinding(
            world.tls(),
            world.jose(),
            world.issuer(),
            world.bankUrl(),
            world.random(),
            world::asking);
    this.certified = showing(MINE);
    this.thief = showing(THIEFS);
  }

  private static TestTls certificate() {
    return TestCertificate.signedBy(AUTHORITY, SUBJECT_AS_ENCODED).forClients().toSign().make();
  }

  private static void write(Path file, TestTls authority) {
    try {
      Files.writeString(file, TestTls.pem("CERTIFICATE", authority.certificate().getEncoded()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (CertificateEncodingException e) {
      throw new AssertionError(e);
    }
  }

  private HttpClient showing(TestTls certificate) {
    return new OverheardClient(
        StrictTls.httpClient(
            ClientCertificate.of(certificate.key(), certificate.chain())
                .sslContext(world.tls().trustManagers()),
            TIMEOUT),
        world.wire());
  }

  private String registered(String yaml) {
    int port = World.freePort();
    String second =
        """
        mtls: {url: 'https://localhost:%d', port: %d}
        client_certificate_authorities: clients.pem
        """
            .formatted(port, port);
    String registration =
        Stream.concat(variant.registration().stream(), more.stream())
            .collect(Collectors.joining("\n    "));
    return (second + yaml)
        .replace("    name: Budget\n", "    name: Budget\n    " + registration + "\n")
        .replaceFirst("(?m)^    jwks: .*$", "    jwks: " + keys().toJson());
  }

  /** Starts the server again with this added to its configuration. */
  void restart(String more) {
    world.restartServer(yaml -> registered(yaml) + more);
  }

  /** The keys of assertions and that of the certificate. */
  JsonObject keys() {
    List<JsonObject> keys =
        new ArrayList<>(List.of(world.app().key().publicJwk().toJson(), jwk(SIGNER, SIGNER_KID)));
    if (variant.authentication() == Variant.Authentication.SELF_SIGNED_TLS_CLIENT_AUTH) {
      keys.add(jwk(MINE, "certificate"));
    }
    return JsonObject.builder().put("keys", keys).build();
  }

  private static JsonObject jwk(TestTls holder, String kid) {
    ECPublicKey key = (ECPublicKey) holder.certificate().getPublicKey();
    try {
      return JsonObject.builder()
          .put("kty", "EC")
          .put("crv", "P-256")
          .put("x", coordinate(key.getW().getAffineX()))
          .put("y", coordinate(key.getW().getAffineY()))
          .put("kid", kid)
          .put(
              "x5c", List.of(Base64.getEncoder().encodeToString(holder.certificate().getEncoded())))
          .build();
    } catch (CertificateEncodingException e) {
      throw new AssertionError(e);
    }
  }

  private static String coordinate(BigInteger number) {
    byte[] bytes = new byte[COORDINATE_BYTES];
    byte[] magnitude = number.toByteArray();
    int length = Math.min(magnitude.length, COORDINATE_BYTES);
    System.arraycopy(
        magnitude, magnitude.length - length, bytes, COORDINATE_BYTES - length, length);
    return Base64Url.encode(bytes);
  }

  /** The client library as the budget app; it brings an answer twice if it is told to. */
  FapiClient client() {
    return client(world.app().id(), world.app().redirectUri());
  }

  /** The same with its keys and certificate under another registration. */
  FapiClient client(ClientId id, RedirectUri redirectUri) {
    return builder(id, redirectUri).transactions(new ForgetsNothing()).build();
  }

  /** The client library as the budget app, for who wants to add to it. */
  FapiClientBuilder builder() {
    return builder(world.app().id(), world.app().redirectUri());
  }

  private FapiClientBuilder builder(ClientId id, RedirectUri redirectUri) {
    FapiClientBuilder client =
        FapiClient.builder(world.issuer(), id, authentication())
            .redirectUri(redirectUri)
            .httpClient(world.http());
    if (variant.showsCertificate()) {
      client.mutualTls(certified);
    }
    return variant.certificateBinds()
        ? client.senderConstraint(SenderConstraint.MTLS)
        : client.dpopKey(world.app().dpopKey());
  }

  private ClientAuthentication authentication() {
    return variant.authentication() == Variant.Authentication.PRIVATE_KEY_JWT
        ? new ClientAuthentication.PrivateKeyJwt(world.app().key())
        : new ClientAuthentication.MutualTls();
  }

  /** So that an answer can be brought a second time. */
  private static final class ForgetsNothing implements TransactionStore {
    private final Map<State, Transaction> kept = new ConcurrentHashMap<>();

    @Override
    public void keep(Transaction transaction, Instant now) {
      kept.put(transaction.state(), transaction);
    }

    @Override
    public Optional<Transaction> take(
        Issuer issuer, SecretDigest session, State state, Instant now) {
      return Optional.ofNullable(kept.get(state));
    }
  }

  /** What the tokens of the client shall be bound to, as {@code cnf} says it. */
  JsonObject confirmation() {
    return variant.certificateBinds()
        ? JsonObject.builder()
            .put("x5t#S256", CertificateThumbprint.of(MINE.certificate()).value())
            .build()
        : JsonObject.builder().put("jkt", world.app().dpopKey().thumbprint().value()).build();
  }

  World world() {
    return world;
  }

  Variant variant() {
    return variant;
  }

  /** Connections that show the certificate of the client. */
  HttpClient certified() {
    return certified;
  }

  /** Connections that show the certificate of somebody else. */
  HttpClient thief() {
    return thief;
  }

  @Override
  public void close() {
    // First: a server that stops waits for connections that are still open.
    certified.close();
    thief.close();
    bank.close();
    world.close();
  }
}
