package dev.countersign.resource.servlet;

import static dev.countersign.resource.servlet.Container.send;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.countersign.protocol.accesstoken.Confirmation;
import dev.countersign.protocol.accesstoken.GrantHandles;
import dev.countersign.protocol.accesstoken.SenderConstraint;
import dev.countersign.protocol.dpop.DpopNonces;
import dev.countersign.protocol.dpop.DpopProof;
import dev.countersign.protocol.http.Challenge;
import dev.countersign.protocol.mtls.CertificateThumbprint;
import dev.countersign.protocol.oauth.AccessToken;
import dev.countersign.protocol.oauth.Jti;
import dev.countersign.protocol.rar.AuthorizationDetails;
import dev.countersign.protocol.rar.DetailType;
import dev.countersign.protocol.rar.ready.Account;
import dev.countersign.protocol.rar.ready.Amount;
import dev.countersign.protocol.rar.ready.PaymentInitiation;
import dev.countersign.requirement.Requirement;
import dev.countersign.resource.DetailUses;
import dev.countersign.resource.DetailVerdict;
import dev.countersign.resource.InMemoryDetailUses;
import dev.countersign.resource.Nonces;
import dev.countersign.resource.ResourceServer;
import dev.countersign.testkit.CapturedLog;
import dev.countersign.testkit.TestTls;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A payment in a servlet container: made once, and refused after all by what the token holds. */
class DetailsTest {
  private static final TestTls CLIENT = TestTls.forHost("client");
  private static final DetailType PAYMENT = DetailType.ready(PaymentInitiation.TYPE);
  private static final GrantHandles HANDLE =
      new GrantHandles(Map.of(Issued.PUBLIC + "/bank", "handle"));
  private static final DpopNonces NONCES =
      new DpopNonces(
          Issued.JOSE, "rs", List.of(new byte[32]), Duration.ofMinutes(5), Issued.RANDOM);

  private final DetailUses uses = new InMemoryDetailUses();
  private final CompletableFuture<Throwable> late = new CompletableFuture<>();
  private Container container;

  @BeforeEach
  void start() throws Exception {
    ResourceFilter filter =
        new ResourceFilter(
            Issued.guard(
                new ResourceServer.Settings(
                        Issued.settings().issuer(),
                        Issued.settings().audience(),
                        Issued.settings().publicUrl(),
                        new Nonces.On(NONCES))
                    .taking(SenderConstraint.DPOP, SenderConstraint.MTLS)),
            Issued.ACCOUNTS);
    container =
        Container.with(
            content -> {
              content.filter("/payments", filter, DispatcherType.REQUEST);
              content.filter("/late", filter, DispatcherType.REQUEST);
              content.servlet("/payments", Pages.of(this::pay));
              content.servlet("/late", Pages.of(this::payTooLate));
            });
  }

  @AfterEach
  void stop() {
    container.close();
  }

  /** A servlet that begins its answer before it asks. */
  private void pay(HttpServletRequest request, HttpServletResponse response) throws IOException {
    response.setStatus(201);
    response.getWriter().print("paid");
    PaymentInitiation order = payment(request.getParameter("amount"));
    switch (ResourceFilter.access(request).use(PAYMENT, order.toDetail(), uses)) {
      case DetailVerdict.Permitted permitted -> response.getWriter().print(" once");
      case DetailVerdict.Refused why -> ResourceFilter.refuse(request, response, why);
    }
  }

  private void payTooLate(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.getWriter().print("paid");
    response.flushBuffer();
    try {
      ResourceFilter.refuse(request, response, new DetailVerdict.NotGranted());
    } catch (IllegalStateException e) {
      late.complete(e);
    }
  }

  @Test
  @Requirement({"RAR-9-1", "OA-9", "IA-2.2.1-2"})
  void paysOnceAndRefusesAsTheCoreDoes() throws Exception {
    AccessToken token = token(HANDLE);

    HttpResponse<String> tooMuch = pay(token, "12.51");
    assertThat(tooMuch.statusCode()).isEqualTo(403);
    assertThat(tooMuch.body()).isEmpty();
    assertThat(tooMuch.headers().allValues("x-fapi-interaction-id")).hasSize(1);
    assertThat(tooMuch.headers().allValues("DPoP-Nonce")).hasSize(1);
    assertThat(tooMuch.headers().allValues("Cache-Control")).containsExactly("no-store");
    List<Challenge> challenges = Challenge.parse(tooMuch.headers().allValues(Challenge.HEADER));
    assertThat(challenges).extracting(Challenge::scheme).containsExactly("DPoP");
    assertThat(challenges.getFirst().attribute("error")).contains("insufficient_scope");
    assertThat(challenges.getFirst().attribute("scope")).isEmpty();

    HttpResponse<String> first = pay(token, "12.50");
    assertThat(first.statusCode()).isEqualTo(201);
    assertThat(first.body()).isEqualTo("paid once");
    assertThat(first.headers().allValues(Challenge.HEADER)).isEmpty();
    assertThat(pay(token, "12.50").statusCode()).isEqualTo(403);
  }

  @Test
  @Requirement({"RAR-9-1", "IA-2.2.1-3"})
  void saysWhyInTheLogAlone() throws Exception {
    try (CapturedLog log = CapturedLog.of(ResourceFilter.class.getName(), Level.INFO)) {
      HttpResponse<String> answer = pay(token(GrantHandles.NONE), "12.50");

      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.headers().allValues(Challenge.HEADER)).isEmpty();
      assertThat(log.text()).contains("RAR-9-1").contains("no handle of its grant");
    }
  }

  @Test
  @Requirement({"OA-9", "MT-6"})
  void challengesByTheSchemeOfTheRequest() throws Exception {
    AccessToken bound =
        Issued.token(
            new Confirmation.Certificate(CertificateThumbprint.of(CLIENT.certificate())),
            granted(),
            HANDLE);
    HttpRequest.Builder request =
        container
            .request("/payments?amount=99")
            .header("Authorization", "Bearer " + bound.reveal())
            .POST(BodyPublishers.noBody());

    HttpResponse<String> answer = send(request, CLIENT);
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(Challenge.parse(answer.headers().allValues(Challenge.HEADER)))
        .extracting(Challenge::scheme)
        .containsExactly("Bearer");
  }

  @Test
  void anAnswerThatIsOnItsWayCannotBeARefusal() throws Exception {
    AccessToken token = token(HANDLE);
    assertThat(send(authorized(token, "/late", "")).body()).isEqualTo("paid");
    assertThat(late.join()).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aRequestThatNoFilterAdmittedHasNoAnswerOfThisKind() throws Exception {
    try (Container open =
        Container.with(content -> content.servlet("/late", Pages.of(this::payTooLate)))) {
      send(open.request("/late"));
      assertThat(late.join()).hasMessageContaining("No ResourceFilter admitted this request");
    }
  }

  private HttpResponse<String> pay(AccessToken token, String amount) throws Exception {
    return send(authorized(token, "/payments", "?amount=" + amount));
  }

  private HttpRequest.Builder authorized(AccessToken token, String path, String query) {
    String proof =
        DpopProof.create(
            Issued.JOSE,
            Issued.KEY,
            "POST",
            URI.create(Issued.PUBLIC + "/bank" + path),
            Jti.random(Issued.RANDOM),
            Issued.NOW,
            Optional.of(token),
            Optional.of(NONCES.mint(Issued.NOW)));
    return container
        .request(path + query)
        .header("Authorization", "DPoP " + token.reveal())
        .header("DPoP", proof)
        .POST(BodyPublishers.noBody());
  }

  private static AccessToken token(GrantHandles handles) {
    return Issued.token(new Confirmation.DpopKey(Issued.KEY.thumbprint()), granted(), handles);
  }

  private static AuthorizationDetails granted() {
    return AuthorizationDetails.of(payment("12.50").toDetail());
  }

  private static PaymentInitiation payment(String amount) {
    return PaymentInitiation.of(
        Amount.of("EUR", amount), "Merchant A", Account.of("DE02100100109307118603"));
  }
}
