package dev.countersign.resource.servlet;

import dev.countersign.requirement.Enforces;
import dev.countersign.resource.Verdict;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.ServletResponseWrapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An answer that is kept until it is whole, then signed and sent. Nothing is committed before: a
 * flush does nothing, and an error is the status alone, since a page of the container's would come
 * after the signature. For one thread at a time; it is sent once, whoever says so first.
 */
final class SignedAnswer extends HttpServletResponseWrapper {
  private static final Logger LOG = LoggerFactory.getLogger(SignedAnswer.class);
  private static final Set<Integer> WITHOUT_CONTENT =
      Set.of(SC_NO_CONTENT, SC_RESET_CONTENT, SC_NOT_MODIFIED);

  private final HttpServletRequest request;
  private final Verdict.Admitted admitted;
  private final BufferedOutput output;
  private final AtomicBoolean sent = new AtomicBoolean();
  private Optional<PrintWriter> writer = Optional.empty();
  private boolean streamed;

  /**
   * Keeps an answer to this request.
   *
   * @param admitted signs it
   * @param maxBytes so many are kept; a longer answer becomes a 500
   */
  SignedAnswer(
      HttpServletRequest request,
      HttpServletResponse response,
      Verdict.Admitted admitted,
      int maxBytes) {
    super(response);
    this.request = request;
    this.admitted = admitted;
    this.output = new BufferedOutput(maxBytes, request::getAsyncContext);
  }

  /** The signed answer behind a response, whoever wrapped it since. */
  static Optional<SignedAnswer> of(ServletResponse response) {
    ServletResponse one = response;
    while (one instanceof ServletResponseWrapper wrapper) {
      if (one instanceof SignedAnswer signed) {
        return Optional.of(signed);
      }
      one = wrapper.getResponse();
    }
    return Optional.empty();
  }

  @Override
  public ServletOutputStream getOutputStream() {
    if (writer.isPresent()) {
      throw new IllegalStateException("getWriter was called before");
    }
    streamed = true;
    return output;
  }

  @Override
  public PrintWriter getWriter() throws IOException {
    if (streamed) {
      throw new IllegalStateException("getOutputStream was called before");
    }
    if (writer.isEmpty()) {
      // As the container does: what is written tells its charset.
      setCharacterEncoding(getCharacterEncoding());
      Charset charset = Charset.forName(getCharacterEncoding());
      writer = Optional.of(new PrintWriter(new OutputStreamWriter(output, charset)));
    }
    return writer.get();
  }

  @Override
  public void flushBuffer() {
    // Nothing goes out before the signature.
  }

  @Override
  public boolean isCommitted() {
    return sent.get() || super.isCommitted();
  }

  @Override
  public void resetBuffer() {
    requireUnsent();
    super.resetBuffer();
    // What the writer holds back belongs to what is dropped.
    writer.ifPresent(PrintWriter::flush);
    output.clear();
  }

  @Override
  public void reset() {
    requireUnsent();
    super.reset();
    writer = Optional.empty();
    streamed = false;
    output.clear();
    ResourceFilter.send(admitted.headers(), this);
  }

  private void requireUnsent() {
    if (isCommitted()) {
      throw new IllegalStateException("the answer was sent");
    }
  }

  @Override
  public void setContentLength(int length) {
    // It is what the buffer has in the end.
  }

  @Override
  public void setContentLengthLong(long length) {
    // It is what the buffer has in the end.
  }

  @Override
  public void setHeader(String name, String value) {
    if (!name.equalsIgnoreCase("Content-Length")) {
      super.setHeader(name, value);
    }
  }

  @Override
  public void addHeader(String name, String value) {
    if (!name.equalsIgnoreCase("Content-Length")) {
      super.addHeader(name, value);
    }
  }

  @Override
  public void sendError(int status, String message) {
    sendError(status);
  }

  @Override
  public void sendError(int status) {
    resetBuffer();
    setStatus(status);
    output.close();
  }

  @Override
  public void sendRedirect(String location) {
    resetBuffer();
    setStatus(SC_FOUND);
    setHeader("Location", location);
    output.close();
  }

  /**
   * Has the request served, and sends the answer, unless asynchronous work will. What a servlet
   * throws is logged here, since the container would make a page of it.
   */
  void serve(HttpServletRequest served, FilterChain chain) throws IOException {
    try {
      // As the one that servlets get, or what they wrapped it in.
      chain.doFilter(served, this);
    } catch (FormParameters.MalformedFormException malformed) {
      fail(SC_BAD_REQUEST, served);
    } catch (ServletException | IOException | RuntimeException broken) {
      LOG.atError()
          .addKeyValue("interaction_id", admitted.interactionId().value())
          .setCause(broken)
          .log("a servlet failed");
      fail(SC_INTERNAL_SERVER_ERROR, served);
    }
    if (!served.isAsyncStarted()) {
      finish();
    }
  }

  /** Asynchronous work begins, whose end sends the answer. */
  SignedAsync begin(AsyncContext begun) {
    begun.addListener(new UnsentAnswers(this));
    return new SignedAsync(begun, this);
  }

  boolean isSent() {
    return sent.get();
  }

  /** Answers with this status and without content, whatever was written; ends what was begun. */
  private void fail(int status, HttpServletRequest served) {
    if (!isCommitted()) {
      reset();
      setStatus(status);
    }
    if (served.isAsyncStarted()) {
      served.getAsyncContext().complete();
    }
  }

  /** Signs and sends the answer, if that was not done before. */
  @Enforces({"HS-5.3.2.1-1", "HS-5.3.2.1-4", "HS-5.3.2.1-7"})
  void finish() throws IOException {
    writer.ifPresent(PrintWriter::flush);
    if (!sent.compareAndSet(false, true)) {
      return;
    }
    HttpServletResponse response = (HttpServletResponse) getResponse();
    byte[] content = content(response);
    if (content.length > 0) {
      keepFromCompression(response);
    }
    ResourceFilter.send(admitted.sign(response.getStatus(), fields(response), content), response);
    if (!withoutContent(response)) {
      response.setContentLengthLong(content.length);
      response.getOutputStream().write(content);
    }
  }

  /** As {@link #finish}, at the end of asynchronous work, which nobody waits for. */
  void finishAsync() {
    try {
      finish();
    } catch (IOException e) {
      LOG.atInfo()
          .addKeyValue("interaction_id", admitted.interactionId().value())
          .setCause(e)
          .log("an answer could not be sent");
    }
  }

  private byte[] content(HttpServletResponse response) {
    if (output.overflown()) {
      LOG.atError()
          .addKeyValue("interaction_id", admitted.interactionId().value())
          .log("an answer is too long to be signed; see ResourceFilter.Limits");
      response.reset();
      ResourceFilter.send(admitted.headers(), response);
      response.setStatus(SC_INTERNAL_SERVER_ERROR);
      return new byte[0];
    }
    return withoutContent(response) ? new byte[0] : output.content();
  }

  /** Where HTTP sends none, whatever the servlet wrote (RFC 9110 section 6.4.1). */
  private boolean withoutContent(HttpServletResponse response) {
    return request.getMethod().equals("HEAD") || WITHOUT_CONTENT.contains(response.getStatus());
  }

  /**
   * The digest is of the content as it is sent. Caches and proxies heed {@code no-transform} (RFC
   * 9111 section 5.2.2.6). Compressing handlers in front of the filter do not, but leave alone what
   * has a content coding; so {@code identity} is said, though RFC 9110 section 8.4.1 has no need of
   * it, to those alone who would take another.
   */
  private void keepFromCompression(HttpServletResponse response) {
    response.addHeader("Cache-Control", "no-transform");
    if (request.getHeader("Accept-Encoding") != null
        && !response.containsHeader("Content-Encoding")) {
      response.setHeader("Content-Encoding", "identity");
    }
  }

  private static List<Map.Entry<String, String>> fields(HttpServletResponse response) {
    List<Map.Entry<String, String>> fields = new ArrayList<>();
    for (String name : Set.copyOf(response.getHeaderNames())) {
      response.getHeaders(name).forEach(value -> fields.add(Map.entry(name, value)));
    }
    return fields;
  }
}
