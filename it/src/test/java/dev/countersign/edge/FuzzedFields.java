package dev.countersign.edge;

import dev.countersign.edge.TrustedProxies.ClientAddressField;
import dev.countersign.protocol.http.Headers;
import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the edge makes of the fields of a trusted proxy; lets the fuzzer in. */
public final class FuzzedFields {
  private static final InetAddress PROXY = InetAddress.ofLiteral("10.0.0.1");

  private FuzzedFields() {}

  /**
   * From whom a request is.
   *
   * @param address the numeric address
   * @param certificates those that the proxy handed on
   */
  public record Judged(String address, List<X509Certificate> certificates) {}

  /**
   * Judges a request that a proxy sent.
   *
   * @param field the one in which the proxy names the client
   * @throws IllegalArgumentException if the request is refused, with the reason for the log
   */
  public static Judged judge(ClientAddressField field, List<Map.Entry<String, String>> fields) {
    ProxyFields proxies =
        new ProxyFields(new TrustedProxies(List.of(AddressRange.parse("10.0.0.0/8")), field, true));
    HttpRequest head =
        new HttpRequest(
            "GET", "/", Optional.empty(), Headers.NONE, new byte[0], PROXY.getHostAddress());
    return switch (proxies.judge(head, Headers.of(fields), Optional.of(PROXY))) {
      case ProxyFields.Judged.From(HttpRequest request) ->
          new Judged(request.remoteAddress(), request.clientCertificates());
      case ProxyFields.Judged.Refused(RefusedRequest.Reason reason) ->
          throw new IllegalArgumentException(reason.detail());
    };
  }
}
