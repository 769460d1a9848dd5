package dev.countersign.resource.servlet;

import static dev.countersign.resource.servlet.SignedBank.PAYMENT;
import static dev.countersign.resource.servlet.SignedBank.call;
import static dev.countersign.resource.servlet.SignedBank.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.requirement.Requirement;
import dev.countersign.resource.servlet.SignedBank.Call;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A digest is of what was sent, whoever compresses it, and no handler of the container may. */
class SignedCompressionTest {

  private static Container container(boolean inflating) throws Exception {
    return SignedBank.with(
        content -> {
          content.http2();
          content.gzip(inflating);
          content.servlet(
              "/plain",
              Pages.of(
                  (request, answer) -> {
                    answer.setContentType("application/json");
                    answer.getOutputStream().write(PAYMENT);
                  }));
          content.servlet(
              "/gzip",
              Pages.of(
                  (request, answer) -> {
                    answer.setContentType("application/json");
                    answer.setHeader("Content-Encoding", "gzip");
                    answer.getOutputStream().write(gzip(PAYMENT));
                  }));
          content.servlet(
              "/inflating",
              Pages.of(
                  (request, answer) ->
                      answer
                          .getOutputStream()
                          .write(new GZIPInputStream(request.getInputStream()).readAllBytes())));
        });
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(content);
    }
    return bytes.toByteArray();
  }

  /** Without signatures the same container compresses the same answer. */
  @Test
  void theHandlerInFrontOfTheFilterCompressesWhatIsNotSigned() throws Exception {
    try (Container plain =
        Container.with(
            content -> {
              content.gzip(false);
              content.servlet(
                  "/plain",
                  Pages.of(
                      (request, answer) -> {
                        answer.setContentType("application/json");
                        answer.getOutputStream().write(PAYMENT);
                      }));
            })) {
      HttpResponse<byte[]> answer =
          Container.bytes(plain.request("/plain").header("Accept-Encoding", "gzip"));
      assertThat(answer.headers().firstValue("Content-Encoding")).contains("gzip");
    }
  }

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  @Requirement({"HS-5.3.2.1-7", "ATT-66"})
  void nobodyCompressesAnAnswerThatIsSigned(HttpClient.Version version) throws Exception {
    try (Container container = container(false)) {
      Call question = get("/plain").with("Accept-Encoding", "gzip, br").over(version);
      HttpResponse<byte[]> answer = question.at(container);
      assertThat(answer.body()).isEqualTo(PAYMENT);
      assertThat(answer.headers().allValues("Cache-Control")).contains("no-transform");
      assertThat(answer.headers().allValues("Content-Encoding")).containsExactly("identity");
      assertThat(question.read(answer)).isPresent();
      Call modest = get("/plain").over(version);
      HttpResponse<byte[]> without = modest.at(container);
      assertThat(without.headers().firstValue("Content-Encoding")).isEmpty();
      assertThat(modest.read(without)).isPresent();
    }
  }

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  @Requirement({"HS-5.3.2.1-7"})
  void theDigestOfACompressedAnswerIsOfTheCompressedBytes(HttpClient.Version version)
      throws Exception {
    try (Container container = container(false)) {
      Call question = get("/gzip").with("Accept-Encoding", "gzip").over(version);
      HttpResponse<byte[]> answer = question.at(container);
      assertThat(answer.headers().allValues("Content-Encoding")).containsExactly("gzip");
      assertThat(new GZIPInputStream(new ByteArrayInputStream(answer.body())).readAllBytes())
          .isEqualTo(PAYMENT);
      assertThat(question.read(answer).orElseThrow().identifiers())
          .contains("\"content-encoding\"");
    }
  }

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  @Requirement({"HS-5.3.1.2-8", "ATT-66"})
  void aCompressedRequestIsCheckedAsItCame(HttpClient.Version version) throws Exception {
    try (Container container = container(false)) {
      Call payment =
          call("POST", "/inflating", gzip(PAYMENT)).with("Content-Encoding", "gzip").over(version);
      HttpResponse<byte[]> answer = payment.at(container);
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).isEqualTo(PAYMENT);
      assertThat(payment.read(answer)).isPresent();
    }
  }

  /** Its bytes are gone when the filter comes to see them. */
  @Test
  @Requirement({"HS-5.3.1.2-8", "ATT-66"})
  void aRequestThatWasInflatedOnTheWayIsRefused() throws Exception {
    try (Container container = container(true)) {
      Call payment = call("POST", "/inflating", gzip(PAYMENT)).with("Content-Encoding", "gzip");
      assertThat(payment.at(container).statusCode()).isEqualTo(401);
    }
  }
}
