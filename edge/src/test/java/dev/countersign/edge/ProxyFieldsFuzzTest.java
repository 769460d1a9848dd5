package dev.countersign.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.countersign.edge.ProxyFields.Judged;
import dev.countersign.edge.TrustedProxies.ClientAddressField;
import dev.countersign.protocol.http.Headers;
import java.net.InetAddress;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * Whatever a proxy sends, it is read or refused, and nothing else ever. Broken fields are made from
 * good ones by a few random changes, from the same seed each time.
 */
class ProxyFieldsFuzzTest {
  private static final int RUNS = 20_000;
  private static final String SPICE = ":,;=\"\\[]% \t-_+/.aA0\u007f\u00e4";
  private static final InetAddress PROXY = InetAddress.ofLiteral("10.0.0.1");

  @Test
  void certificatesAreReadOrRefused() throws Exception {
    byte[] der =
        TestClient.selfSigned(Certificates.ec("secp256r1")).chain().getFirst().getEncoded();
    String good = ":" + Base64.getEncoder().encodeToString(der) + ":";
    fuzz(good, value -> judge("Client-Cert", value));
    fuzz(good + ", " + good, value -> judge("Client-Cert-Chain", value));
  }

  @Test
  void addressesAreReadOrRefused() {
    fuzz(
        "for=192.0.2.43;by=_x, for=\"[2001:db8:cafe::17]:4711\";proto=https , for=10.0.0.2",
        value -> judge("Forwarded", value));
    fuzz(
        "192.0.2.43, [2001:db8:cafe::17]:4711,2001:db8::1 ,10.0.0.2:80, 10.0.0.3",
        value -> judge("X-Forwarded-For", value));
  }

  private static void judge(String name, String value) {
    for (ClientAddressField field : ClientAddressField.values()) {
      TrustedProxies proxies =
          new TrustedProxies(List.of(AddressRange.parse("10.0.0.0/8")), field, true);
      HttpRequest head =
          new HttpRequest("GET", "/", Optional.empty(), Headers.NONE, new byte[0], "10.0.0.1");
      Headers fields = Headers.of(List.of(Map.entry(name, value)));
      switch (new ProxyFields(proxies).judge(head, fields, Optional.of(PROXY))) {
        case Judged.From(HttpRequest from) ->
            assertThat(InetAddress.ofLiteral(from.remoteAddress())).isNotNull();
        case Judged.Refused(RefusedRequest.Reason why) -> assertThat(why.detail()).isNotEmpty();
      }
    }
  }

  private static void fuzz(String good, Consumer<String> reader) {
    SplittableRandom random = new SplittableRandom(9440);
    for (int run = 0; run < RUNS; run++) {
      StringBuilder text = new StringBuilder(good);
      for (int change = random.nextInt(4); change >= 0; change--) {
        int at = random.nextInt(text.length());
        switch (random.nextInt(4)) {
          case 0 -> text.deleteCharAt(at);
          case 1 -> text.insert(at, SPICE.charAt(random.nextInt(SPICE.length())));
          case 2 -> text.setCharAt(at, SPICE.charAt(random.nextInt(SPICE.length())));
          default -> text.setLength(at + 1);
        }
        if (text.isEmpty()) {
          text.append(' ');
        }
      }
      String broken = text.toString();
      assertThatCode(() -> reader.accept(broken)).as(broken).doesNotThrowAnyException();
    }
  }
}
