package dev.countersign.edge;

import dev.countersign.protocol.http.Headers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/** Reads a request whole and within the limits. */
final class RequestReader {
  private static final int CHUNK = 8 * 1024;

  private final Limits limits;

  RequestReader(Limits limits) {
    this.limits = limits;
  }

  /** What came of reading. */
  sealed interface Outcome {
    /** The whole request. */
    record Whole(HttpRequest request) implements Outcome {}

    /** Not to be handed on; answer with this status. */
    record Refused(int status) implements Outcome {}

    /** The client went away in the middle: nobody is left to answer. */
    record Gone(IOException cause) implements Outcome {}
  }

  Outcome read(Request request) {
    HttpURI uri = request.getHttpURI();
    Optional<String> path = Optional.ofNullable(uri.getPath());
    Optional<String> query = Optional.ofNullable(uri.getQuery());
    if (!path.map(RawTarget::isPath).orElse(false)
        || !query.map(RawTarget::isQuery).orElse(true)
        || request.getMethod().equals("CONNECT")) {
      return new Outcome.Refused(400);
    }
    // Before any byte is read, and before 100-continue invites the client to send.
    if (request.getLength() > limits.maxBody()) {
      return new Outcome.Refused(413);
    }
    try {
      return body(request)
          .<Outcome>map(body -> new Outcome.Whole(whole(request, path.orElseThrow(), query, body)))
          .orElseGet(() -> new Outcome.Refused(413));
    } catch (TooSlowException _) {
      return new Outcome.Refused(408);
    } catch (IOException e) {
      return e.getCause() instanceof TimeoutException
          ? new Outcome.Refused(408)
          : new Outcome.Gone(e);
    } catch (HttpException.RuntimeException e) {
      return new Outcome.Refused(e.getCode());
    }
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

  private static HttpRequest whole(
      Request request, String path, Optional<String> query, byte[] body) {
    return new HttpRequest(
        request.getMethod(), path, query, headers(request), body, Request.getRemoteAddr(request));
  }

  private static Headers headers(Request request) {
    boolean http2 = request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_2;
    List<Map.Entry<String, String>> fields = new ArrayList<>();
    for (HttpField field : request.getHeaders()) {
      if (!http2 || field.getHeader() != HttpHeader.COOKIE) {
        fields.add(Map.entry(field.getName(), Optional.ofNullable(field.getValue()).orElse("")));
      }
    }
    if (http2) {
      addHost(request, fields);
      addCookie(request, fields);
    }
    return Headers.of(fields);
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
