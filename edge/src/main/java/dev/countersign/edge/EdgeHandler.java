package dev.countersign.edge;

import dev.countersign.edge.RequestReader.Outcome;
import dev.countersign.requirement.Enforces;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Between Jetty and a {@link Handler}: one whole request in, one whole response out. */
final class EdgeHandler extends org.eclipse.jetty.server.Handler.Abstract {
  private static final Logger LOG = LoggerFactory.getLogger(EdgeHandler.class);

  private final Handler handler;
  private final Refusals refusals;
  private final RequestReader reader;
  private final AtomicBoolean leaving;

  /**
   * Hands requests to the handler.
   *
   * @param leaving whether the server is about to stop
   */
  EdgeHandler(Handler handler, Refusals refusals, RequestReader reader, AtomicBoolean leaving) {
    this.handler = handler;
    this.refusals = refusals;
    this.reader = reader;
    this.leaving = leaving;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    switch (reader.read(request)) {
      case Outcome.Whole(HttpRequest whole) -> write(answer(whole), request, response, callback);
      case Outcome.Refused(RefusedRequest why) -> refuse(why, request, response, callback);
      case Outcome.Broken(Throwable cause) -> callback.failed(cause);
    }
    return true;
  }

  private HttpResponse answer(HttpRequest request) {
    try {
      return kept(request, Objects.requireNonNull(handler.handle(request), "the handler's answer"));
    } catch (Throwable failure) {
      if (failure instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      String id = UUID.randomUUID().toString();
      LOG.error("request failed, error id {}: {}", id, FailureLine.of(failure));
      return HttpResponse.empty(500).with("X-Error-Id", id);
    }
  }

  /** What may have been chosen by a certificate is kept for nobody who has another. */
  @Enforces({"MT-14"})
  private static HttpResponse kept(HttpRequest request, HttpResponse answer) {
    boolean keeps =
        answer.all("Cache-Control").stream().noneMatch(value -> value.contains("no-store"));
    return keeps && !request.clientCertificates().isEmpty()
        ? answer.adding("Vary", "Client-Cert")
        : answer;
  }

  private void refuse(
      RefusedRequest refused, Request request, Response response, Callback callback) {
    // What is still coming of this message must not be taken for the next one.
    endConnection(request, response);
    try {
      Content.Sink.write(response, true, prepare(refusals.answer(refused), response));
    } catch (IOException e) {
      callback.failed(new EofException(e));
      return;
    }
    if (refused.status() == 413) {
      reader.drain(request);
    }
    callback.succeeded();
  }

  private void write(HttpResponse answer, Request request, Response response, Callback callback) {
    if (leaving.get()) {
      endConnection(request, response);
    }
    response.write(true, prepare(answer, response), callback);
  }

  /** This answer is the connection's last, in HTTP/1.1; HTTP/2 has other means. */
  private static void endConnection(Request request, Response response) {
    if (request.getConnectionMetaData().getHttpVersion() != HttpVersion.HTTP_2) {
      response.getHeaders().put(HttpFields.CONNECTION_CLOSE);
    }
  }

  /** Puts status and header fields into the response, and gives back its body. */
  static ByteBuffer prepare(HttpResponse answer, Response response) {
    response.setStatus(answer.status());
    for (Header header : answer.headers()) {
      response.getHeaders().add(header.name(), header.value());
    }
    byte[] body = answer.body();
    if (answer.mayHaveBody()) {
      response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
    }
    return ByteBuffer.wrap(body);
  }
}
