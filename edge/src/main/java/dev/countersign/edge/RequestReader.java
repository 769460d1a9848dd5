package dev.countersign.edge;

import dev.countersign.protocol.http.Headers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.io.QuietException;
import org.eclipse.jetty.server.Request;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads a request whole and within the limits. */
final class RequestReader {
  private static final Logger LOG = LoggerFactory.getLogger(RequestReader.class);
  private static final int CHUNK = 8 * 1024;
  private static final byte[] NOTHING = {};
  private static final List<String> CHUNKED = List.of("chunked");
  private static final long MAX_DRAINED = 2 * 1024 * 1024;

  private final Limits limits;
  private final ProxyFields proxies;

  RequestReader(Limits limits, TrustedProxies proxies) {
    this.limits = limits;
    this.proxies = new ProxyFields(proxies);
  }

  /** What came of reading. */
  sealed interface Outcome {
    /** The whole request. */
    record Whole(HttpRequest request) implements Outcome {}

    /** Not to be handed on. */
    record Refused(RefusedRequest request) implements Outcome {
      private Refused(int status, Optional<HttpRequest> head) {
        this(new RefusedRequest(status, head));
      }
    }

    /**
     * Given up by Jetty in the middle: it answers by itself with the status the cause names, if the
     * client is still there.
     */
    record Broken(Throwable cause) implements Outcome {}
  }

  Outcome read(Request request) {
    Optional<HttpRequest> head = head(request);
    if (head.isEmpty() || request.getMethod().equals("CONNECT")) {
      return new Outcome.Refused(400, head);
    }
    if (size(request) > limits.maxHeaders()) {
      return new Outcome.Refused(431, head);
    }
    if (hasUnknownCoding(request)) {
      return new Outcome.Refused(501, head);
    }
    // Before any byte is read, and before 100-continue invites the client to send.
    if (request.getLength() > limits.maxBody()) {
      return new Outcome.Refused(413, head);
    }
    Optional<Headers> fields = proxyFields(request);
    return fields.isEmpty()
        ? new Outcome.Refused(400, head)
        : switch (proxies.judge(head.get(), fields.get(), peer(request))) {
          case ProxyFields.Judged.From(HttpRequest from) -> withBody(request, from);
          case ProxyFields.Judged.Refused(RefusedRequest.Reason why) ->
              new Outcome.Refused(new RefusedRequest(400, head, Optional.of(why)));
        };
  }

  /** The fields that the request loses, for whom may believe them. */
  private static Optional<Headers> proxyFields(Request request) {
    return headers(
        request.getHeaders().stream()
            .filter(field -> ProxyFields.owns(field.getName()))
            .map(field -> Map.entry(field.getName(), value(field)))
            .toList());
  }

  private static Optional<InetAddress> peer(Request request) {
    return request.getConnectionMetaData().getRemoteSocketAddress() instanceof InetSocketAddress at
        ? Optional.ofNullable(at.getAddress())
        : Optional.empty();
  }

  private static String value(HttpField field) {
    return Optional.ofNullable(field.getValue()).orElse("");
  }

  /** The request without its body; nothing if target or fields are not what HTTP allows. */
  Optional<HttpRequest> head(Request request) {
    HttpURI uri = request.getHttpURI();
    Optional<String> path = Optional.ofNullable(uri.getPath()).filter(RawTarget::isPath);
    Optional<String> query = Optional.ofNullable(uri.getQuery());
    if (path.isEmpty() || !query.map(RawTarget::isQuery).orElse(true)) {
      return Optional.empty();
    }
    return headers(request)
        .map(
            headers ->
                new HttpRequest(
                    request.getMethod(),
                    path.get(),
                    query,
                    headers,
                    NOTHING,
                    Request.getRemoteAddr(request),
                    clientCertificates(request)));
  }

  /** Of the connection: what was proven once holds for every request on it. */
  private static List<X509Certificate> clientCertificates(Request request) {
    return Optional.ofNullable(
            request.getConnectionMetaData().getConnection().getEndPoint().getSslSessionData())
        .flatMap(session -> Optional.ofNullable(session.peerCertificates()))
        .map(List::of)
        .orElse(List.of());
  }

  private Outcome withBody(Request request, HttpRequest head) {
    try {
      return body(request)
          .<Outcome>map(body -> new Outcome.Whole(head.withBody(body)))
          .orElseGet(() -> new Outcome.Refused(413, Optional.of(head)));
    } catch (TooSlowException _) {
      return new Outcome.Refused(408, Optional.of(head));
    } catch (IOException e) {
      return broken(e, head);
    }
  }

  private static Outcome broken(IOException failure, HttpRequest head) {
    return switch (failure.getCause()) {
      case TimeoutException _ -> new Outcome.Refused(408, Optional.of(head));
      case HttpException.RuntimeException judged -> new Outcome.Broken(judged);
      // What is not quiet, Jetty logs together with the request's target.
      case null, default ->
          new Outcome.Broken(
              failure instanceof QuietException ? failure : new EofException(failure));
    };
  }

  /** The body, or nothing if it is longer than allowed. */
  private Optional<byte[]> body(Request request) throws IOException {
    long deadline = System.nanoTime() + limits.body().toNanos();
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    byte[] chunk = new byte[CHUNK];
    // Not closed: closing would fail the request, and an answer is still to be written.
    InputStream in = Content.Source.asInputStream(request);
    for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
      body.write(chunk, 0, n);
      if (body.size() > limits.maxBody()) {
        return Optional.empty();
      }
      if (System.nanoTime() - deadline > 0) {
        throw new TooSlowException();
      }
    }
    return Optional.of(body.toByteArray());
  }

  /**
   * Reads on, and away, what a client still sends of a body that was refused: a connection closed
   * before that is reset by the operating system, and then the client never sees its answer. Ends
   * after a bounded number of bytes, after the time for a body, or when the client has done.
   */
  void drain(Request request) {
    if (request.getHeaders().contains(HttpHeader.EXPECT)) {
      // The client waits for leave to send, which it does not get.
      return;
    }
    long deadline = System.nanoTime() + limits.body().toNanos();
    byte[] chunk = new byte[CHUNK];
    InputStream in = Content.Source.asInputStream(request);
    try {
      long left = MAX_DRAINED;
      while (left > 0 && System.nanoTime() - deadline < 0) {
        int n = in.read(chunk);
        if (n < 0) {
          return;
        }
        left -= n;
      }
    } catch (IOException e) {
      LOG.debug("a client went away while its body was refused: {}", FailureLine.of(e));
    }
  }

  /**
   * Whether the body is coded in a way that nobody here decodes: RFC 9112 section 6.1. Jetty takes
   * the last coding alone, {@code chunked}, and would hand on what is still, say, compressed.
   */
  private static boolean hasUnknownCoding(Request request) {
    List<String> codings = request.getHeaders().getCSV(HttpHeader.TRANSFER_ENCODING, false);
    return !codings.stream().map(coding -> coding.toLowerCase(Locale.ROOT)).toList().equals(CHUNKED)
        && !codings.isEmpty();
  }

  /** As many bytes as target and fields take in HTTP/1.1, where they are bounded while read. */
  private static int size(Request request) {
    int size = request.getHttpURI().getPathQuery().length();
    for (HttpField field : request.getHeaders()) {
      size += field.getName().length() + value(field).length();
    }
    return size;
  }

  /** The fields, or nothing if one is not what RFC 9110 section 5 allows. */
  private static Optional<Headers> headers(Request request) {
    boolean http2 = request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_2;
    List<Map.Entry<String, String>> fields = new ArrayList<>();
    for (HttpField field : request.getHeaders()) {
      if (!ProxyFields.owns(field.getName())
          && (!http2 || field.getHeader() != HttpHeader.COOKIE)) {
        fields.add(Map.entry(field.getName(), value(field)));
      }
    }
    if (http2) {
      addHost(request, fields);
      addCookie(request, fields);
    }
    return headers(fields);
  }

  private static Optional<Headers> headers(List<Map.Entry<String, String>> fields) {
    try {
      return Optional.of(Headers.of(fields));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /** RFC 9113 section 8.3.1: the authority stands in place of {@code Host}. */
  private static void addHost(Request request, List<Map.Entry<String, String>> fields) {
    Optional<String> authority = Optional.ofNullable(request.getHttpURI().getAuthority());
    if (authority.isPresent() && !request.getHeaders().contains(HttpHeader.HOST)) {
      fields.add(Map.entry("Host", authority.get()));
    }
  }

  /** RFC 9113 section 8.2.3: the pieces of one {@code Cookie} field are joined again. */
  private static void addCookie(Request request, List<Map.Entry<String, String>> fields) {
    List<String> pieces = request.getHeaders().getValuesList(HttpHeader.COOKIE);
    if (!pieces.isEmpty()) {
      fields.add(Map.entry("Cookie", String.join("; ", pieces)));
    }
  }

  /** The body came, but too slowly. */
  private static final class TooSlowException extends IOException {
    private static final long serialVersionUID = 1L;
  }
}
