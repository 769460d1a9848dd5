package dev.countersign.edge;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * In place of Jetty's error pages: the status that Jetty chose, no body, nothing about the request
 * or the server.
 */
final class MinimalErrors implements Request.Handler {
  private static final Logger LOG = LoggerFactory.getLogger(MinimalErrors.class);

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    LOG.info("refused below the application: {}", response.getStatus());
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    response.getHeaders().remove(HttpHeader.CONTENT_TYPE);
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, 0);
    if (request.getConnectionMetaData().getHttpVersion() != HttpVersion.HTTP_2) {
      response.getHeaders().put(HttpFields.CONNECTION_CLOSE);
    }
    response.write(true, null, callback);
    return true;
  }
}
