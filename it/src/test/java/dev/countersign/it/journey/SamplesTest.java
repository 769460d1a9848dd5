package dev.countersign.it.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsServer;
import dev.countersign.client.FapiClient;
import dev.countersign.client.ResourceRequest;
import dev.countersign.client.ResourceResponse;
import dev.countersign.client.Tokens;
import dev.countersign.it.samples.AccountsApi;
import dev.countersign.it.samples.BudgetApp;
import dev.countersign.it.samples.ClientOfTheFile;
import dev.countersign.protocol.jose.Jose;
import java.net.CookieManager;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs of the documents work with the server, and refuse what they must. */
class SamplesTest {
  private static final InetSocketAddress ANY_PORT =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  private World world;
  private HttpsServer app;
  private HttpClient browser;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    world = new World(folder, Jose.jdk());
    Path key = folder.resolve("budget-app.private.jwk.json");
    Files.writeString(key, world.app().key().toPrivateJwk().toJson());
    FapiClient client =
        ClientOfTheFile.client(world.issuer(), key, world.app().redirectUri(), world.tls().trust());
    app = new BudgetApp(client, world.accounts()).start(ANY_PORT, world.tls().server());
    browser =
        HttpClient.newBuilder()
            .sslContext(world.tls().trust())
            .cookieHandler(new CookieManager())
            .build();
  }

  @AfterEach
  void stop() {
    browser.close();
    app.stop(0);
    world.close();
  }

  @Test
  void theAppShowsAPersonHerAccounts() throws Exception {
    HttpResponse<String> accounts = afterLogin(startToken());

    assertThat(accounts.statusCode()).isEqualTo(303);
    assertThat(accounts.headers().firstValue("Location")).contains("/accounts");
    assertThat(get("/accounts").body()).contains(World.SUBJECT);
  }

  @Test
  void theAppBeginsNothingForAnotherSite() throws Exception {
    String token = startToken();
    HttpResponse<String> forged = login(token.substring(1) + "x");

    assertThat(forged.statusCode()).isEqualTo(502);
    assertThat(forged.headers().firstValue("Location")).isEmpty();
    assertThat(login(token).statusCode()).isEqualTo(303);
  }

  @Test
  void theAppTakesNoCallbackThatItsBrowserDidNotBegin() throws Exception {
    URI callback = callback(startToken());
    browser.close();
    browser = HttpClient.newBuilder().sslContext(world.tls().trust()).build();

    assertThat(get("/callback?" + callback.getRawQuery()).statusCode()).isEqualTo(400);
    assertThat(get("/accounts").statusCode()).isEqualTo(303);
  }

  @Test
  void theApiAdmitsWhoHoldsTheKeyOfTheTokenAndNobodyElse() throws Exception {
    world.stopBank();
    URI self = world.accounts().resolve("/");
    AccountsApi api =
        new AccountsApi(
            world.issuer(), URI.create("https://" + self.getAuthority()), world.tls().trust());
    HttpsServer server =
        api.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), self.getPort()),
            world.tls().server());
    try {
      FapiClient client = world.client();
      Tokens tokens = world.journey(client);
      ResourceResponse admitted = client.call(tokens, ResourceRequest.get(world.accounts()));
      assertThat(admitted.json().string("owner")).contains(World.SUBJECT);
      Exchange theft = world.other().get(world.accounts(), tokens.accessToken());
      assertThat(theft.status()).isEqualTo(401);
      assertThat(theft.header("WWW-Authenticate").orElseThrow()).contains("invalid_token");
    } finally {
      server.stop(0);
    }
  }

  private String startToken() throws Exception {
    return Jsoup.parse(get("/").body()).select("input[name=start]").attr("value");
  }

  private HttpResponse<String> login(String startToken) throws Exception {
    return browser.send(
        HttpRequest.newBuilder(url("/login"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString("start=" + startToken))
            .build(),
        BodyHandlers.ofString());
  }

  private URI callback(String startToken) throws Exception {
    URI server = URI.create(login(startToken).headers().firstValue("Location").orElseThrow());
    return world.agreed(server, world.password());
  }

  private HttpResponse<String> afterLogin(String startToken) throws Exception {
    return get("/callback?" + callback(startToken).getRawQuery());
  }

  private HttpResponse<String> get(String path) throws Exception {
    return browser.send(HttpRequest.newBuilder(url(path)).build(), BodyHandlers.ofString());
  }

  private URI url(String path) {
    return URI.create("https://localhost:" + app.getAddress().getPort() + path);
  }
}
