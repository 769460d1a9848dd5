package dev.countersign.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.client.BrowserSession;
import dev.countersign.client.FapiClient;
import dev.countersign.client.FlowRequest;
import dev.countersign.client.ResourceRequest;
import dev.countersign.client.ResourceResponse;
import dev.countersign.client.StepUp;
import dev.countersign.client.Tokens;
import dev.countersign.demo.scene.Door;
import dev.countersign.demo.scene.Scene;
import dev.countersign.edge.HttpResponse;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.protocol.resourcerequest.UserAuthentication;
import dev.countersign.protocol.resourcerequest.Wanted;
import dev.countersign.requirement.Requirement;
import dev.countersign.resource.InMemoryProofReplays;
import dev.countersign.resource.Nonces;
import dev.countersign.resource.PublicUrl;
import dev.countersign.resource.ResourceServer;
import dev.countersign.resource.Verdict;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An API that wants a recent login, and what a client and a person do about it. */
class StepUpTest {
  private static final Wanted RECENT =
      Wanted.of(Scope.of("accounts")).with(UserAuthentication.within(Duration.ofSeconds(10)));
  private static final FlowRequest ASKED = FlowRequest.of("openid accounts");

  private final SecureRandom random = new SecureRandom();
  private @TempDir Path folder;
  private OpenDemo open;
  private FapiClient client;
  private URI api;

  @BeforeEach
  void start() throws Exception {
    open = new OpenDemo(folder);
    Scene scene = open.demo().scene();
    client = scene.client();
    Door door = scene.stage().door("localhost", 0);
    api = door.origin();
    JwkSet keys = JwkSet.parse(scene.serverKeys());
    ResourceServer guard =
        ResourceServer.of(
            new ResourceServer.Settings(
                scene.addresses().issuer(),
                new ResourceIndicator(scene.addresses().bank().toString()),
                new PublicUrl(api),
                new Nonces.Off()),
            scene.stage().jose(),
            _ -> keys,
            new InMemoryProofReplays(Instant.EPOCH),
            open.clock());
    door.serve(
        request ->
            switch (guard.judge(
                new dev.countersign.resource.ResourceRequest(
                    request.method(), request.path(), request.query(), request.headers()),
                RECENT)) {
              case Verdict.Admitted in -> answered(HttpResponse.empty(204), in);
              case Verdict.Refused no -> answered(HttpResponse.empty(no.status()), no);
            });
  }

  private static HttpResponse answered(HttpResponse bare, Verdict verdict) {
    HttpResponse response = bare;
    for (Map.Entry<String, String> header : verdict.headers()) {
      response = response.adding(header.getKey(), header.getValue());
    }
    return response;
  }

  @AfterEach
  void stop() {
    open.close();
  }

  @Test
  @Requirement({"SU-1", "SU-2", "SU-3"})
  void asksForANewLoginThatThePersonMakesAndIsContent() throws Exception {
    try (TestBrowser browser = open.browser()) {
      Tokens early = logIn(browser, ASKED, true);
      assertThat(call(early).status()).isEqualTo(204);

      // No more than that: the client believes the Date of real answers, which stays behind.
      open.clock().advance(Duration.ofSeconds(11));
      // A refreshed token tells of the same login.
      ResourceResponse tooLate = call(client.refresh(early));
      assertThat(tooLate.status()).isEqualTo(401);
      StepUp demand = tooLate.stepUp().orElseThrow();
      assertThat(demand.maxAge()).contains(Duration.ofSeconds(10));
      assertThat(demand.scope()).contains(Scope.of("accounts"));

      // The browser is still logged in: without the demand the person would not be asked.
      Tokens later = logIn(browser, ASKED.withStepUp(demand), false);
      assertThat(call(later).status()).isEqualTo(204);
    }
  }

  /** The person has to log in, and to consent the first time. */
  private Tokens logIn(TestBrowser browser, FlowRequest wanted, boolean consents) throws Exception {
    BrowserSession session = BrowserSession.random(random);
    URI url = client.begin(session.confirmStart(session.startToken()), wanted).value();
    TestBrowser.Page login = browser.open(url);
    assertThat(login.html().select("input[name=password]")).hasSize(1);
    TestBrowser.Page after = open.logIn(browser, login, open.anna());
    TestBrowser.Page end = consents ? open.decide(browser, after, "allow") : after;
    URI callback =
        end.path().stream()
            .filter(place -> place.getPath().equals("/callback"))
            .findFirst()
            .orElseThrow();
    return client.callback(session, callback.getRawQuery());
  }

  private ResourceResponse call(Tokens tokens) throws Exception {
    return client.call(tokens, ResourceRequest.get(api.resolve("/vault")));
  }
}
