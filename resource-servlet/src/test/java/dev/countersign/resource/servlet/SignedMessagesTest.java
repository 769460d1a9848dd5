package dev.countersign.resource.servlet;

import static dev.countersign.resource.servlet.SignedBank.PAYMENT;
import static dev.countersign.resource.servlet.SignedBank.call;
import static dev.countersign.resource.servlet.SignedBank.get;
import static dev.countersign.resource.servlet.SignedBank.pay;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.requirement.Requirement;
import dev.countersign.resource.DetailVerdict;
import dev.countersign.resource.servlet.SignedBank.Call;
import dev.countersign.testkit.CapturedLog;
import dev.countersign.testkit.HandSignature;
import jakarta.servlet.ServletException;
import java.io.ByteArrayInputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Signed messages over real connections, and servlets that know nothing of them. */
class SignedMessagesTest {
  private static final AtomicInteger SERVED = new AtomicInteger();

  private static Container container;

  @BeforeAll
  static void start() throws Exception {
    container =
        SignedBank.with(
            content -> {
              content.http2();
              content.servlet("/payments", echo());
              content.servlet("/accounts", Pages.accounts());
              content.servlet(
                  "/reader",
                  Pages.of(
                      (request, answer) -> {
                        answer.setContentType("text/plain;charset=utf-8");
                        answer
                            .getWriter()
                            .print(request.getReader().lines().collect(Collectors.joining()));
                      }));
              content.servlet("/form", form());
              content.servlet("/missing", Pages.of((request, answer) -> answer.sendError(404)));
              content.servlet(
                  "/broken",
                  Pages.of(
                      (request, answer) -> {
                        answer.getWriter().print("half an ans");
                        answer.flushBuffer();
                        throw new ServletException("it broke");
                      }));
              content.servlet(
                  "/moved", Pages.of((request, answer) -> answer.sendRedirect("/bank/payments")));
              content.servlet(
                  "/long",
                  Pages.of(
                      (request, answer) -> {
                        int length = Integer.parseInt(request.getParameter("length"));
                        answer.setContentLength(length);
                        answer.getOutputStream().write(new byte[length]);
                      }));
              content.servlet(
                  "/refused",
                  Pages.of(
                      (request, answer) -> {
                        answer.getOutputStream().print("begun");
                        ResourceFilter.refuse(request, answer, new DetailVerdict.NotGranted());
                      }));
              content.servlet("/nothing", Pages.of((request, answer) -> answer.setStatus(204)));
            });
  }

  /** Gives back what it got, in two pieces that it wants to be sent at once. */
  private static jakarta.servlet.http.HttpServlet echo() {
    return Pages.of(
        (request, answer) -> {
          SERVED.incrementAndGet();
          byte[] content = request.getInputStream().readAllBytes();
          answer.setContentType("application/json");
          answer.setStatus(201);
          answer.getOutputStream().write(content, 0, content.length / 2);
          answer.flushBuffer();
          answer
              .getOutputStream()
              .write(content, content.length / 2, content.length - content.length / 2);
        });
  }

  private static jakarta.servlet.http.HttpServlet form() {
    return Pages.of(
        (request, answer) -> {
          answer.setContentType("text/plain;charset=utf-8");
          answer.getWriter().print(List.of(request.getParameterValues("a")));
          answer.getWriter().print(request.getParameter("access_token"));
          answer.getWriter().print(request.getParameterMap().keySet());
        });
  }

  @AfterAll
  static void stop() {
    container.close();
  }

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  @Requirement({"HS-5.3.1.2-2", "HS-5.3.1.2-8", "HS-5.3.2.1-1", "HS-5.3.2.1-2", "HS-5.3.2.1-3"})
  void servletsGetWhatWasSignedAndTheirAnswerIsSigned(HttpClient.Version version) throws Exception {
    Call payment = pay("/payments?async=true").over(version);
    HttpResponse<byte[]> answer = payment.at(container);
    assertThat(answer.version()).isEqualTo(version);
    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(answer.body()).isEqualTo(PAYMENT);
    HandSignature.Read read = payment.read(answer).orElseThrow();
    assertThat(read.identifiers())
        .contains(
            "\"@status\"",
            "\"content-type\"",
            "\"@method\";req",
            "\"@target-uri\";req",
            "\"content-digest\";req",
            "\"signature\";req",
            "\"signature-input\";req");
    assertThat(read.parameters()).contains("tag=\"fapi-2-response\"");
    assertThat(pay("/payments?async=true").read(answer)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  @Requirement({"HS-5.3.1.2-8"})
  void chunksOfARequestAreNoPartOfItsContent(HttpClient.Version version) throws Exception {
    Call payment = pay("/payments").over(version);
    HttpResponse<byte[]> answer =
        payment.at(
            container, BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(PAYMENT)));
    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(answer.body()).isEqualTo(PAYMENT);
  }

  @Test
  @Requirement({"HS-5.3.1.2-2"})
  void aQuestionHasNoContent() throws Exception {
    Call question = get("/accounts");
    HttpResponse<byte[]> answer = question.at(container);
    assertThat(new String(answer.body(), UTF_8)).startsWith("anna app ");
    assertThat(question.read(answer)).isPresent();
  }

  @Test
  @Requirement({"HS-5.3.2.1-1", "HS-5.3.2.1-7"})
  void theAnswerToHeadAndOneWithoutContentAreSignedWithoutDigest() throws Exception {
    Call head = call("HEAD", "/accounts", new byte[0]);
    HttpResponse<byte[]> answer = head.at(container);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(head.read(answer)).isPresent();
    Call nothing = get("/nothing");
    HttpResponse<byte[]> none = nothing.at(container);
    assertThat(none.statusCode()).isEqualTo(204);
    assertThat(nothing.read(none)).isPresent();
  }

  @Test
  @Requirement({"HS-5.3.1.2-8"})
  void readersAndFormsWorkAsTheyDoWithoutTheFilter() throws Exception {
    Call text =
        call("POST", "/reader", "Zoë zahlt".getBytes(UTF_8))
            .with("Content-Type", "text/plain;charset=utf-8");
    HttpResponse<byte[]> read = text.at(container);
    assertThat(new String(read.body(), UTF_8)).isEqualTo("Zoë zahlt");
    assertThat(read.headers().firstValue("Content-Type").orElseThrow().toLowerCase(Locale.ROOT))
        .contains("charset=utf-8");
    assertThat(text.read(read)).isPresent();
    Call form =
        call("POST", "/form?a=0", "a=1+2&a=%C3%B6&b&access_token=x".getBytes(UTF_8))
            .with("Content-Type", "application/x-www-form-urlencoded");
    HttpResponse<byte[]> answer = form.at(container);
    assertThat(new String(answer.body(), UTF_8)).isEqualTo("[0, 1 2, ö]x[a, b, access_token]");
    assertThat(form.read(answer)).isPresent();
  }

  @Test
  void aFormThatIsNoneIsItsSendersFault() throws Exception {
    Call form =
        call("POST", "/form", "a=%zz".getBytes(UTF_8))
            .with("Content-Type", "application/x-www-form-urlencoded");
    HttpResponse<byte[]> answer = form.at(container);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(form.read(answer)).isPresent();
  }

  @Test
  @Requirement({"HS-5.3.1.2-3", "HS-5.3.1.2-4", "HS-5.3.1.2-5", "HS-5.3.1.2-6", "ATT-65"})
  void refusesWhatIsNotSignedAsItMustBe() throws Exception {
    int before = SERVED.get();
    for (Call bad :
        List.of(
            pay("/payments").unsigned(),
            pay("/payments").signed(made -> made.without("\"@method\"")),
            pay("/payments").signed(made -> made.without("\"@target-uri\"")),
            pay("/payments").signed(made -> made.without("\"authorization\"")),
            pay("/payments").signed(made -> made.without("\"dpop\"")),
            pay("/payments").signed(made -> made.without("\"content-digest\"")),
            pay("/payments").signed(made -> made.with("tag", "\"other\"")),
            pay("/payments")
                .signed(
                    made -> made.with("created", Long.toString(Issued.NOW.getEpochSecond() - 61))),
            pay("/payments").signed(made -> made.signedBy(SignedBank.OTHER)),
            pay("/payments").to("/payments?async=true"))) {
      HttpResponse<byte[]> answer = bad.at(container);
      assertThat(answer.statusCode()).isEqualTo(401);
      assertThat(answer.body()).isEmpty();
      assertThat(answer.headers().firstValue("WWW-Authenticate")).isPresent();
      assertThat(bad.read(answer)).as("the refusal is signed").isPresent();
    }
    assertThat(SERVED.get()).isEqualTo(before);
  }

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  @Requirement({"HS-5.3.1.2-8", "ATT-66"})
  void noServletSeesContentThatWasNotSigned(HttpClient.Version version) throws Exception {
    int before = SERVED.get();
    byte[] changed = "{\"amount\":\"923.50\",\"to\":\"Eve\"}".getBytes(UTF_8);
    for (Call bad :
        List.of(
            pay("/payments").carrying(changed),
            pay("/payments")
                .carrying(changed)
                .with("Content-Digest", HandSignature.digest(changed)))) {
      assertThat(bad.over(version).at(container).statusCode()).isEqualTo(401);
    }
    assertThat(SERVED.get()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(ints = {64 * 1024, 64 * 1024 + 1})
  @Requirement({"HS-5.3.1.2-8"})
  void takesSoMuchOfARequestAndNoMore(int length) throws Exception {
    Call payment = call("POST", "/payments", new byte[length]);
    HttpResponse<byte[]> answer = payment.at(container);
    assertThat(answer.statusCode()).isEqualTo(length > 64 * 1024 ? 413 : 201);
    assertThat(payment.read(answer)).isPresent();
  }

  @Test
  @Requirement({"HS-5.3.2.1-1"})
  void keepsSoMuchOfAnAnswerAndSaysWhenThatWasNotEnough() throws Exception {
    Call fits = get("/long?length=" + 256 * 1024);
    HttpResponse<byte[]> whole = fits.at(container);
    assertThat(whole.body()).hasSize(256 * 1024);
    assertThat(fits.read(whole)).isPresent();
    try (CapturedLog log = CapturedLog.of(SignedAnswer.class.getName(), Level.ERROR)) {
      Call tooLong = get("/long?length=" + (256 * 1024 + 1));
      HttpResponse<byte[]> none = tooLong.at(container);
      assertThat(none.statusCode()).isEqualTo(500);
      assertThat(none.body()).isEmpty();
      assertThat(tooLong.read(none)).isPresent();
      assertThat(log.text()).contains("cannot be signed");
    }
  }

  @Test
  @Requirement({"HS-5.3.2.1-1", "HS-5.3.2.1-4", "IA-2.2.1-2"})
  void whatServletsAnswerByAnErrorIsTheStatusAloneAndSigned() throws Exception {
    Call missing = get("/missing");
    HttpResponse<byte[]> notFound = missing.at(container);
    assertThat(notFound.statusCode()).isEqualTo(404);
    assertThat(notFound.body()).isEmpty();
    assertThat(missing.read(notFound)).isPresent();
    try (CapturedLog log = CapturedLog.of(SignedAnswer.class.getName(), Level.ERROR)) {
      Call broken = get("/broken");
      HttpResponse<byte[]> fault = broken.at(container);
      assertThat(fault.statusCode()).isEqualTo(500);
      assertThat(fault.body()).isEmpty();
      assertThat(fault.headers().allValues("x-fapi-interaction-id")).hasSize(1);
      assertThat(broken.read(fault)).isPresent();
      assertThat(log.text()).contains("a servlet failed");
    }
  }

  @Test
  @Requirement({"HS-5.3.2.1-1", "HS-5.3.2.1-4"})
  void aRedirectIsSignedWithItsPlace() throws Exception {
    Call moved = get("/moved");
    HttpResponse<byte[]> answer = moved.at(container);
    assertThat(answer.statusCode()).isEqualTo(302);
    assertThat(answer.headers().firstValue("Location")).contains("/bank/payments");
    assertThat(moved.read(answer).orElseThrow().identifiers()).contains("\"location\"");
  }

  @Test
  @Requirement({"HS-5.3.2.1-1", "OA-9"})
  void theRefusalOfAServletIsSignedOnce() throws Exception {
    Call refused = get("/refused");
    HttpResponse<byte[]> answer = refused.at(container);
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).isEmpty();
    assertThat(answer.headers().allValues("Signature")).hasSize(1);
    assertThat(answer.headers().firstValue("WWW-Authenticate").orElseThrow())
        .contains("insufficient_scope");
    assertThat(refused.read(answer)).isPresent();
  }

  @Test
  @Requirement({"HS-5.3.2.1-1"})
  void servesItsKeysToAnybody() throws Exception {
    HttpResponse<byte[]> answer = Container.bytes(container.request("/jwks.json"));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/jwk-set+json");
    assertThat(JwkSet.parse(JsonObject.parse(answer.body())).keys())
        .containsExactly(SignedBank.SERVER.publicJwk());
    assertThat(Container.bytes(container.request("/jwks.json?x=y")).statusCode()).isEqualTo(401);
  }
}
