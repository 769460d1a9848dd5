package dev.countersign.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.attacker.deployment.Target;
import dev.countersign.attacker.deployment.TestCertificate;
import dev.countersign.attacker.deployment.TestClient;
import dev.countersign.attacker.deployment.TestIntrospection;
import dev.countersign.attacker.deployment.TestUser;
import dev.countersign.client.BrowserSession;
import dev.countersign.client.ClientAuthentication;
import dev.countersign.client.ClientCertificate;
import dev.countersign.client.ClientException;
import dev.countersign.client.FapiClient;
import dev.countersign.client.FapiClientBuilder;
import dev.countersign.client.FlowRequest;
import dev.countersign.client.ResourceRequest;
import dev.countersign.client.Tokens;
import dev.countersign.protocol.accesstoken.SenderConstraint;
import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.introspection.IntrospectionResponse;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.remote.Freshness;
import dev.countersign.remote.HttpsExchange;
import dev.countersign.remote.HttpsFetcher;
import dev.countersign.remote.RemoteIssuer;
import dev.countersign.remote.StrictTls;
import dev.countersign.resource.Introspection;
import dev.countersign.resource.IntrospectionCaller;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** Plays clients and people by nothing but the description of a target. */
final class AttackedPlay {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final int MOST_BYTES = 256 * 1024;
  private static final int MOST_STEPS = 12;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Target target;
  private final SSLContext trust;
  private final TrustManager[] managers;

  AttackedPlay(Target target) throws GeneralSecurityException, IOException {
    this.target = target;
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null);
    for (X509Certificate authority : target.trust()) {
      store.setCertificateEntry(authority.getSerialNumber().toString(), authority);
    }
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(store);
    this.managers = factory.getTrustManagers();
    this.trust = SSLContext.getInstance("TLS");
    trust.init(null, managers, null);
  }

  TestBrowser browser() {
    return new TestBrowser(trust);
  }

  static SigningKey key() {
    return Jose.jdk().generate(SignatureAlgorithm.ES256, RANDOM);
  }

  /** The client as it is described. */
  FapiClient client(TestClient described) {
    return client(described, key()).build();
  }

  /** The same with this DPoP key, if its tokens are bound to one, for who adds to it. */
  FapiClientBuilder client(TestClient described, SigningKey dpop) {
    FapiClientBuilder client =
        FapiClient.builder(target.issuer(), described.id(), authentication(described))
            .redirectUri(described.redirectUri())
            .sslContext(trust);
    described.certificate().ifPresent(shown -> client.mutualTls(showing(shown)));
    if (described.boundByCertificate()) {
      client.senderConstraint(SenderConstraint.MTLS);
    } else {
      client.dpopKey(dpop);
    }
    return described.signsRequests() ? client.messageSigning() : client;
  }

  /**
   * Nobody's client, for calls with the tokens of another one that are bound to this key.
   *
   * @param signing the key of its requests
   */
  FapiClient signing(TestClient described, SigningKey dpop, SigningKey signing) {
    ClientAuthentication nobodys = new ClientAuthentication.PrivateKeyJwt(key());
    return FapiClient.builder(target.issuer(), described.id(), nobodys)
        .sslContext(trust)
        .dpopKey(dpop)
        .httpSignatures(signing)
        .build();
  }

  private static ClientAuthentication authentication(TestClient described) {
    return described.authentication().isByCertificate()
        ? new ClientAuthentication.MutualTls()
        : new ClientAuthentication.PrivateKeyJwt(described.key().orElseThrow());
  }

  private SSLContext showing(TestCertificate certificate) {
    return ClientCertificate.of(certificate.key(), certificate.chain()).sslContext(managers);
  }

  /** The whole flow, with the victim. */
  Tokens flow(FapiClient client, FlowRequest wanted) throws ClientException {
    BrowserSession session = BrowserSession.random(RANDOM);
    URI url = client.begin(session.startGuardedByCaller(), wanted).value();
    try (TestBrowser browser = browser()) {
      URI back = walk(browser, get(url), target.users().getFirst());
      return client.callback(session, back.getRawQuery());
    }
  }

  /**
   * Goes on by redirects and buttons, as the person would, to where it leads to a host that is out
   * of bounds, or to a page without a form.
   */
  URI walk(TestBrowser browser, HttpRequest first, TestUser person) {
    HttpRequest next = first;
    for (int i = 0; i < MOST_STEPS; i++) {
      URI here = next.uri();
      if (!target.bounds().allow().contains(here.getAuthority())) {
        return here;
      }
      HttpResponse<String> answer = browser.send(next);
      Document page = Jsoup.parse(answer.body(), here.toString());
      Optional<String> location = answer.headers().firstValue("Location");
      Optional<Element> form = Optional.ofNullable(page.selectFirst("form"));
      if (location.isEmpty() && form.isEmpty()) {
        return here;
      }
      next =
          location.isPresent()
              ? get(here.resolve(location.get()))
              : pressed(here, form.orElseThrow(), person);
    }
    throw new AssertionError("it does not end");
  }

  private static HttpRequest pressed(URI here, Element form, TestUser person) {
    Form.Builder filled = Form.builder();
    for (Element field : form.select("input:not([type=radio])")) {
      String name = field.attr("name");
      filled.add(name, person.fill().getOrDefault(name, field.attr("value")));
    }
    // Where there is something to choose from, the first is as good as any.
    for (Element options : form.select("fieldset")) {
      Optional.ofNullable(options.selectFirst("input[type=radio]"))
          .ifPresent(radio -> filled.add(radio.attr("name"), radio.attr("value")));
    }
    String button =
        person.press().stream()
            .filter(value -> form.selectFirst("button[value=" + value + "]") != null)
            .findFirst()
            .orElseGet(() -> form.select("button").attr("value"));
    return HttpRequest.newBuilder(here.resolve(form.attr("action")))
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(HttpRequest.BodyPublishers.ofString(filled.add("choice", button).build().encode()))
        .build();
  }

  static HttpRequest get(URI url) {
    return HttpRequest.newBuilder(url).GET().build();
  }

  static JsonObject json(HttpResponse<String> answer) throws MalformedJsonException {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JsonObject.parse(answer.body().getBytes(UTF_8));
  }

  /** What an API says to these tokens. */
  static int status(FapiClient client, Tokens tokens, URI url) throws ClientException {
    return client.call(tokens, ResourceRequest.get(url)).status();
  }

  /** What the server tells the first bank about the access token. */
  boolean isActive(Tokens tokens) {
    TestIntrospection asking = target.introspection().orElseThrow();
    HttpClient http = StrictTls.httpClient(trust, TIMEOUT);
    try (http) {
      RemoteIssuer issuer =
          new RemoteIssuer(
              new HttpsFetcher(http, TIMEOUT, MOST_BYTES),
              target.issuer(),
              InstantSource.system(),
              new Freshness(Duration.ofMinutes(1), Duration.ZERO, Duration.ofMinutes(1)));
      return Introspection.of(
                  issuer,
                  new HttpsExchange(http, TIMEOUT, MOST_BYTES),
                  new IntrospectionCaller.PrivateKeyJwt(
                      asking.id(), asking.key(), Jose.jdk(), RANDOM),
                  new ResourceIndicator(target.resources().getFirst().indicator().orElseThrow()))
              .introspect(tokens.accessToken(), Instant.now())
          instanceof IntrospectionResponse.Active;
    }
  }

  static boolean listens(URI place) {
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), place.getPort()), 2_000);
      return true;
    } catch (IOException refused) {
      return false;
    }
  }
}
