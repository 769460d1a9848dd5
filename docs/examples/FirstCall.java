import com.sun.net.httpserver.HttpServer;
import dev.countersign.client.BrowserSession;
import dev.countersign.client.FapiClient;
import dev.countersign.client.FlowRequest;
import dev.countersign.client.Tokens;
import dev.countersign.client.UserInfo;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.oauth.RedirectUri;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A first client on the command line: has a person log in with her browser and asks the server who
 * she is. Its arguments are the issuer and the folder that {@code countersign init} wrote.
 */
public final class FirstCall {
  private FirstCall() {}

  public static void main(String[] args) throws Exception {
    Issuer issuer = new Issuer(args[0]);
    Path folder = Path.of(args[1]);

    // The browser brings the answer to this door, which is open on this machine only.
    HttpServer door =
        HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    RedirectUri callback =
        new RedirectUri("http://127.0.0.1:" + door.getAddress().getPort() + "/callback");
    CompletableFuture<String> brought = new CompletableFuture<>();
    door.createContext(
        "/callback",
        exchange -> {
          brought.complete(exchange.getRequestURI().getRawQuery());
          byte[] text = "Done. You may close this page.".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, text.length);
          exchange.getResponseBody().write(text);
          exchange.close();
        });
    door.start();

    JsonObject key =
        JsonObject.parse(Files.readString(folder.resolve("first-client.private.jwk.json")));
    FapiClient client =
        FapiClient.builder(
                issuer, new ClientId("first-client"), SigningKey.fromPrivateJwk(key), callback)
            .sslContext(trust(folder.resolve("server.pem")))
            .build();
    BrowserSession session = BrowserSession.random(new SecureRandom());
    URI url =
        client.begin(session.startGuardedByCaller(), FlowRequest.of("openid profile")).value();
    System.out.println("Open this in your browser, and log in: " + url);

    Tokens tokens = client.callback(session, brought.join());
    door.stop(1);
    UserInfo person = client.userinfo(tokens);
    System.out.println("Hello, " + person.claims().string("name").orElse("whoever you are"));
  }

  /** Trusts the self-signed certificate of the first deployment, and no other. */
  private static SSLContext trust(Path certificate) throws Exception {
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    try (InputStream in = Files.newInputStream(certificate)) {
      trusted.setCertificateEntry(
          "server", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return context;
  }
}
