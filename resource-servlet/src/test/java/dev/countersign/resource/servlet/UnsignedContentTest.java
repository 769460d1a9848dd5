package dev.countersign.resource.servlet;

import static dev.countersign.resource.servlet.SignedBank.call;
import static dev.countersign.resource.servlet.SignedBank.get;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.countersign.requirement.Requirement;
import dev.countersign.resource.servlet.Servlets.Kind;
import dev.countersign.resource.servlet.SignedBank.Call;
import dev.countersign.testkit.CapturedLog;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpUpgradeHandler;
import jakarta.servlet.http.WebConnection;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What nobody signed reaches no servlet, whoever reads it first. */
class UnsignedContentTest {
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final byte[] EVIL = "amount=1000000".getBytes(UTF_8);

  /** What a filter in front does with the request. */
  @FunctionalInterface
  private interface Look {
    void at(HttpServletRequest request) throws IOException;
  }

  private static ResourceFilter guard() {
    return new ResourceFilter(SignedBank.guard(), Issued.ACCOUNTS);
  }

  private static Consumer<Servlets> behind(Look look, AtomicInteger served) {
    return container -> {
      container.filter(
          "/*",
          (request, answer, chain) -> {
            look.at((HttpServletRequest) request);
            chain.doFilter(request, answer);
          },
          DispatcherType.REQUEST);
      container.filter("/*", guard(), DispatcherType.REQUEST);
      container.servlet(
          "/form",
          Pages.of(
              (request, answer) -> {
                served.incrementAndGet();
                answer.getWriter().print(request.getParameter("amount"));
              }));
    };
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  @Requirement({"HS-5.3.1.2-8", "ATT-66"})
  void aFormThatWasReadInFrontIsRefused(Kind kind) throws Exception {
    AtomicInteger served = new AtomicInteger();
    Look look = request -> assertThat(request.getParameter("amount")).isEqualTo("1000000");
    try (Servlets container = kind.with(behind(look, served));
        CapturedLog log = CapturedLog.of(ResourceFilter.class.getName(), Level.INFO)) {
      Call attacked = call("POST", "/form", new byte[0]).carrying(EVIL).with("Content-Type", FORM);
      for (BodyPublisher body :
          List.of(
              BodyPublishers.ofByteArray(EVIL),
              BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(EVIL)))) {
        HttpResponse<byte[]> answer = attacked.at(container, body);
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(attacked.read(answer)).isPresent();
        attacked = call("POST", "/form", new byte[0]).carrying(EVIL).with("Content-Type", FORM);
      }
      Call honest = call("POST", "/form", EVIL).with("Content-Type", FORM);
      assertThat(honest.at(container).statusCode()).isEqualTo(401);
      assertThat(log.text()).contains("in front of ResourceFilter");
    }
    assertThat(served).hasValue(0);
  }

  @Test
  @Requirement({"HS-5.3.1.2-8", "ATT-66"})
  void norIsItTakenWhenHttp2SaysNoLength() throws Exception {
    AtomicInteger served = new AtomicInteger();
    try (Container container =
        Container.with(
            content -> {
              content.http2();
              behind(request -> request.getParameter("amount"), served).accept(content);
            })) {
      Call attacked =
          call("POST", "/form", new byte[0])
              .with("Content-Type", FORM)
              .over(HttpClient.Version.HTTP_2);
      HttpResponse<byte[]> answer =
          attacked.at(
              container, BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(EVIL)));
      assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
      assertThat(answer.statusCode()).isEqualTo(401);
    }
    assertThat(served).hasValue(0);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  @Requirement({"HS-5.3.1.2-8", "ATT-66"})
  void contentThatWasReadInPartOrByAReaderIsRefused(Kind kind) throws Exception {
    AtomicInteger served = new AtomicInteger();
    for (Look look :
        List.<Look>of(
            request -> assertThat(request.getInputStream().read()).isNotNegative(),
            request -> assertThat(request.getReader().read()).isNotNegative())) {
      try (Servlets container = kind.with(behind(look, served))) {
        Call attacked = call("POST", "/form", new byte[0]).carrying(new byte[] {'a'});
        HttpResponse<byte[]> answer = attacked.at(container);
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(attacked.read(answer)).isPresent();
      }
    }
    assertThat(served).hasValue(0);
  }

  /** A wrapper in front may say what it likes of the form: it is not asked. */
  @ParameterizedTest
  @EnumSource(Kind.class)
  @Requirement({"HS-5.3.1.2-8", "ATT-66"})
  void parametersAreThoseThatWereSigned(Kind kind) throws Exception {
    try (Servlets container =
        kind.with(
            content -> {
              content.filter(
                  "/*",
                  (request, answer, chain) ->
                      chain.doFilter(
                          new HttpServletRequestWrapper((HttpServletRequest) request) {
                            @Override
                            public String[] getParameterValues(String name) {
                              return new String[] {"1000000"};
                            }

                            @Override
                            public String getParameter(String name) {
                              return "1000000";
                            }
                          },
                          answer),
                  DispatcherType.REQUEST);
              content.filter("/*", guard(), DispatcherType.REQUEST);
              content.servlet(
                  "/form",
                  Pages.of(
                      (request, answer) ->
                          answer.getWriter().print(request.getParameter("amount"))));
            })) {
      Call form = call("POST", "/form", "amount=5".getBytes(UTF_8)).with("Content-Type", FORM);
      assertThat(form.at(container).body()).asString().isEqualTo("5");
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  @Requirement("HS-5.3.1.2-8")
  void noContentAtAllIsStillTaken(Kind kind) throws Exception {
    AtomicInteger served = new AtomicInteger();
    try (Servlets container = kind.with(behind(request -> {}, served))) {
      Call chunked = call("POST", "/form", new byte[0]).with("Content-Type", "application/json");
      HttpResponse<byte[]> answer =
          chunked.at(
              container, BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[0])));
      assertThat(answer.body()).asString().isEqualTo("null");
      for (BodyPublisher none :
          List.of(BodyPublishers.noBody(), BodyPublishers.ofByteArray(new byte[0]))) {
        Call call = call("POST", "/form", new byte[0]).with("Content-Type", FORM);
        assertThat(call.at(container, none).body()).asString().isEqualTo("null");
      }
      Call get = get("/form?amount=5").with("Content-Type", FORM);
      assertThat(get.at(container).body()).asString().isEqualTo("5");
    }
    assertThat(served).hasValue(4);
  }

  @Test
  @Requirement({"HS-5.3.1.2-8", "ATT-66"})
  void fieldsBehindTheContentAreNotToldOf() throws Exception {
    try (Container container =
        SignedBank.with(
            content ->
                content.servlet(
                    "/trailers",
                    Pages.of(
                        (request, answer) -> {
                          request.getInputStream().readAllBytes();
                          answer.getWriter().print(request.isTrailerFieldsReady());
                          answer.getWriter().print(request.getTrailerFields());
                        })))) {
      String head = call("POST", "/trailers", "abc".getBytes(UTF_8)).head();
      String answer =
          container.raw(
              head
                  + "Transfer-Encoding: chunked\r\nTrailer: X-Amount\r\n\r\n"
                  + "3\r\nabc\r\n0\r\nX-Amount: 1000\r\n\r\n");
      assertThat(answer).startsWith("HTTP/1.1 200").endsWith("true{}");
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  @Requirement({"HS-5.3.1.2-8", "HS-5.3.2.1-1"})
  void noOtherProtocolTakesOver(Kind kind) throws Exception {
    try (Servlets container =
        kind.with(
            SignedBank.guarding(
                content ->
                    content.servlet(
                        "/upgrade",
                        Pages.of((request, answer) -> request.upgrade(Other.class)))))) {
      Call call = get("/upgrade");
      HttpResponse<byte[]> answer = call.at(container);
      assertThat(answer.statusCode()).isEqualTo(500);
      assertThat(call.read(answer)).isPresent();
    }
  }

  /** Says what it likes. */
  public static final class Other implements HttpUpgradeHandler {
    @Override
    public void init(WebConnection connection) {}

    @Override
    public void destroy() {}
  }
}
