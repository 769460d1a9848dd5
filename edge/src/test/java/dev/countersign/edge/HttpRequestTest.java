package dev.countersign.edge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.countersign.protocol.http.Headers;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HttpRequestTest {
  @ParameterizedTest
  @EnumSource
  void holdsWhatCameOverTheWire(HttpClient.Version version) throws Exception {
    CompletableFuture<HttpRequest> seen = new CompletableFuture<>();
    Handler handler =
        request -> {
          seen.complete(request);
          return HttpResponse.empty(204);
        };
    try (Served served = Served.by(handler)) {
      served.send(
          version,
          java.net.http.HttpRequest.newBuilder(served.uri("/a?b=c"))
              .header("X-Two", "1")
              .header("X-Two", "2")
              .header("Cookie", "a=1")
              .header("Cookie", "b=2")
              .PUT(java.net.http.HttpRequest.BodyPublishers.ofString("\u00e9")));
      HttpRequest request = seen.get(5, TimeUnit.SECONDS);
      assertThat(request.method()).isEqualTo("PUT");
      assertThat(request.path()).isEqualTo("/a");
      assertThat(request.query()).contains("b=c");
      assertThat(request.headers().all("x-two")).containsExactly("1", "2");
      assertThat(String.join("; ", request.headers().all("cookie"))).isEqualTo("a=1; b=2");
      assertThat(request.headers().all("host")).containsExactly("127.0.0.1:" + served.port());
      assertThat(new String(request.body(), UTF_8)).isEqualTo("\u00e9");
      assertThat(request.remoteAddress()).isEqualTo("127.0.0.1");
    }
  }

  @Test
  void keepsItsBodyToItself() {
    byte[] given = {1};
    HttpRequest request = request("POST", "/", given);
    given[0] = 2;
    request.body()[0] = 3;
    assertThat(request.body()).containsExactly(1);
  }

  @Test
  void refusesAPathThatIsNone() {
    assertThat(request("OPTIONS", "*", new byte[0]).path()).isEqualTo("*");
    assertThatIllegalArgumentException().isThrownBy(() -> request("GET", "a", new byte[0]));
    assertThatIllegalArgumentException().isThrownBy(() -> request("", "/", new byte[0]));
  }

  @Test
  void showsItsMethodOnly() {
    assertThat(request("POST", "/secret", "secret".getBytes(UTF_8)))
        .hasToString("HttpRequest[POST]");
  }

  private static HttpRequest request(String method, String path, byte[] body) {
    Headers headers = Headers.of(List.of(Map.entry("X", "secret")));
    return new HttpRequest(method, path, Optional.of("secret"), headers, body, "127.0.0.1");
  }
}
