package dev.countersign.edge;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/**
 * In place of Jetty's error pages: the status that Jetty chose, answered as {@link Refusals} do.
 */
final class MinimalErrors implements Request.Handler {
  private final Refusals refusals;
  private final RequestReader reader;

  MinimalErrors(Refusals refusals, RequestReader reader) {
    this.refusals = refusals;
    this.reader = reader;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    RefusedRequest refused = new RefusedRequest(status(request, response), reader.head(request));
    response.getHeaders().remove(HttpHeader.CONTENT_TYPE);
    if (request.getConnectionMetaData().getHttpVersion() != HttpVersion.HTTP_2) {
      response.getHeaders().put(HttpFields.CONNECTION_CLOSE);
    }
    ByteBuffer body = EdgeHandler.prepare(refusals.answer(refused), response);
    response.write(true, body, callback);
    return true;
  }

  /**
   * What Jetty chose, but 400 where the client went away: Jetty calls that 500, and it is no fault
   * of ours. What we ourselves fail in is no {@link IOException}.
   */
  private static int status(Request request, Response response) {
    boolean clientIsGone =
        response.getStatus() == 500
            && request.getAttribute(ErrorHandler.ERROR_EXCEPTION) instanceof IOException;
    return clientIsGone ? 400 : response.getStatus();
  }
}
