package dev.countersign.resource.servlet;

import dev.countersign.protocol.http.Headers;
import dev.countersign.requirement.Enforces;
import dev.countersign.resource.ResourceRequest;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a servlet request as it came over the wire, and nothing of its body. */
final class ServletRequests {
  private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";

  private ServletRequests() {}

  /**
   * What the client asked for.
   *
   * @param path raw, undecoded, with the context path
   * @param query raw, undecoded
   */
  record Target(String path, Optional<String> query) {}

  /** The target on the request line, wherever the request was dispatched since. */
  @Enforces("DP-4")
  static Target target(HttpServletRequest request) {
    if (request.getAttribute(RequestDispatcher.FORWARD_REQUEST_URI) instanceof String path) {
      return new Target(path, text(request, RequestDispatcher.FORWARD_QUERY_STRING));
    }
    if (request.getAttribute(AsyncContext.ASYNC_REQUEST_URI) instanceof String path) {
      return new Target(path, text(request, AsyncContext.ASYNC_QUERY_STRING));
    }
    return new Target(request.getRequestURI(), Optional.ofNullable(request.getQueryString()));
  }

  private static Optional<String> text(HttpServletRequest request, String attribute) {
    return Optional.ofNullable(request.getAttribute(attribute))
        .filter(String.class::isInstance)
        .map(String.class::cast);
  }

  /** The request for the core: two lines of one name stay two. */
  @Enforces({"MT-6", "SP-5.3.4-1"})
  static ResourceRequest read(HttpServletRequest request, Target target) {
    return new ResourceRequest(
        request.getMethod(),
        target.path(),
        target.query(),
        headers(request),
        certificates(request));
  }

  static Headers headers(HttpServletRequest request) {
    List<Map.Entry<String, String>> fields = new ArrayList<>();
    for (String name : Collections.list(request.getHeaderNames())) {
      for (String value : Collections.list(request.getHeaders(name))) {
        fields.add(Map.entry(name, value));
      }
    }
    return Headers.of(fields);
  }

  /** The container puts it there for a request over TLS with a client certificate. */
  private static List<X509Certificate> certificates(HttpServletRequest request) {
    return request.getAttribute(CERTIFICATES) instanceof X509Certificate[] chain
        ? List.of(chain)
        : List.of();
  }
}
