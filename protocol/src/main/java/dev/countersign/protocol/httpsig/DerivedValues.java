package dev.countersign.protocol.httpsig;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.countersign.requirement.Enforces;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What is derived of a request (RFC 9421 section 2.2). */
final class DerivedValues {

  private DerivedValues() {}

  @Enforces("SIG-3")
  static String of(RequestMessage request, Component component)
      throws InvalidHttpSignatureException {
    URI uri = request.uri();
    return switch (component.name()) {
      case "@method" -> request.method();
      case "@target-uri" -> request.targetUri();
      case "@authority" -> authority(uri);
      case "@scheme" -> uri.getScheme().toLowerCase(Locale.ROOT);
      case "@path" -> path(uri);
      case "@query" -> "?" + query(uri);
      case "@request-target" -> requestTarget(request.method(), uri);
      default -> throw new InvalidHttpSignatureException("SIG-3", "a request has no such part");
    };
  }

  /** Lower case, and without the port that it would have anyway (RFC 9110 section 4.2.3). */
  private static String authority(URI uri) {
    String authority = uri.getRawAuthority().toLowerCase(Locale.ROOT);
    String port = uri.getScheme().equalsIgnoreCase("https") ? ":443" : ":80";
    if (authority.endsWith(port)) {
      return authority.substring(0, authority.length() - port.length());
    }
    return authority.endsWith(":") ? authority.substring(0, authority.length() - 1) : authority;
  }

  private static String path(URI uri) {
    return uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
  }

  private static String query(URI uri) {
    return Optional.ofNullable(uri.getRawQuery()).orElse("");
  }

  /**
   * What stands in the request line of HTTP/1.1 (RFC 9112 section 3.2). The absolute form is for
   * proxies, and not known here.
   */
  private static String requestTarget(String method, URI uri) {
    boolean bare = uri.getRawPath().isEmpty() && uri.getRawQuery() == null;
    if (method.equals("CONNECT")) {
      return uri.getRawAuthority();
    }
    if (method.equals("OPTIONS") && bare) {
      return "*";
    }
    return path(uri) + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
  }

  /** The values of each parameter, by its name. Both are encoded (section 2.2.8). */
  static Map<String, List<String>> queryParameters(RequestMessage request) {
    return Arrays.stream(query(request.uri()).split("&", -1))
        .filter(pair -> !pair.isEmpty())
        .map(pair -> pair.split("=", 2))
        .collect(
            Collectors.groupingBy(
                pair -> encoded(pair[0]),
                Collectors.mapping(
                    pair -> pair.length == 2 ? encoded(pair[1]) : "", Collectors.toList())));
  }

  /** The value of {@code @query-param}, whose name is encoded as the value is. */
  @Enforces("SIG-3")
  static String only(Map<String, List<String>> parameters, String name)
      throws InvalidHttpSignatureException {
    List<String> values = parameters.getOrDefault(name, List.of());
    if (values.size() != 1) {
      throw new InvalidHttpSignatureException(
          "SIG-3", "a query parameter does not occur exactly once");
    }
    return values.getFirst();
  }

  /** Decoded as a form, and encoded so that each text has one form; a URI has no lone percent. */
  private static String encoded(String raw) {
    return URLEncoder.encode(URLDecoder.decode(raw, UTF_8), UTF_8).replace("+", "%20");
  }
}
