package dev.countersign.resource.servlet;

import dev.countersign.requirement.Enforces;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An answer whose content is kept until it is whole. Nothing is committed before: a flush does
 * nothing. An error or a redirect is the status alone and the end: as with the container, what a
 * servlet says afterwards is ignored. For one thread at a time.
 */
abstract class KeptAnswer extends HttpServletResponseWrapper {
  private static final Logger LOG = LoggerFactory.getLogger(KeptAnswer.class);

  /** What is said of the content and signed is the filter's to say. */
  private static final Set<String> OWN =
      Set.of(
          "content-length", "transfer-encoding", "content-digest", "signature", "signature-input");

  private static final String LANGUAGE = "Content-Language";

  private final BufferedOutput output;
  private Optional<PrintWriter> writer = Optional.empty();
  private boolean streamed;
  private boolean ended;
  private boolean localized;
  private int inclusions;

  /**
   * Keeps nothing yet.
   *
   * @param maxBytes so many are kept
   * @param async of the request, asked when there is a listener
   */
  KeptAnswer(HttpServletResponse response, int maxBytes, Supplier<AsyncContext> async) {
    super(response);
    this.output = new BufferedOutput(maxBytes, async);
  }

  /** Whether it is out of the servlet's hands. */
  abstract boolean isSent();

  /** What was written so far. */
  final BufferedOutput kept() {
    writer.ifPresent(PrintWriter::flush);
    return output;
  }

  /** Whether a field is never a servlet's. */
  static boolean isOwn(String name) {
    return OWN.contains(name.toLowerCase(Locale.ROOT));
  }

  /** For another servlet or page: without content, which it may write as it likes. */
  final void restart() {
    resetBuffer();
    writer = Optional.empty();
    streamed = false;
  }

  /**
   * Has another servlet write into it. The end of the answer, its status and its fields are not for
   * that one: the container ignores what it says of them, and so must what is kept here.
   */
  final void including(SignedDispatcher.Step inclusion) throws ServletException, IOException {
    inclusions++;
    try {
      inclusion.run();
    } finally {
      inclusions--;
    }
  }

  /** Begins anew, even after an error or a redirect, as long as nothing was sent. */
  void clear() {
    super.reset();
    ended = false;
    localized = false;
    writer = Optional.empty();
    streamed = false;
    output.clear();
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
    return ended || isSent() || super.isCommitted();
  }

  @Override
  public void resetBuffer() {
    requireOpen();
    super.resetBuffer();
    // What the writer holds back belongs to what is dropped.
    writer.ifPresent(PrintWriter::flush);
    output.clear();
  }

  @Override
  public void reset() {
    if (inclusions == 0) {
      requireOpen();
      clear();
    }
  }

  private void requireOpen() {
    if (isCommitted()) {
      throw new IllegalStateException("the answer was sent");
    }
  }

  @Override
  public void sendError(int status, String message) throws IOException {
    sendError(status);
  }

  /** An interim answer (102, 103) is no error, and the container's to send. */
  @Override
  public void sendError(int status) throws IOException {
    if (status >= SC_CONTINUE && status < SC_OK) {
      super.sendError(status);
    } else if (inclusions == 0) {
      resetBuffer();
      end(status);
    }
  }

  @Override
  public void sendRedirect(String location) {
    sendRedirect(location, SC_FOUND, true);
  }

  /** Of Jakarta Servlet 6.1, whose wrapper would hand it to the container. */
  // No @Override: 6.0, for which this is compiled, has it not.
  public void sendRedirect(String location, int status) {
    sendRedirect(location, status, true);
  }

  /** Of Jakarta Servlet 6.1, as above. */
  public void sendRedirect(String location, boolean clearBuffer) {
    sendRedirect(location, SC_FOUND, clearBuffer);
  }

  /** Of Jakarta Servlet 6.1, as above. */
  @Enforces("HS-5.3.2.1-1")
  public void sendRedirect(String location, int status, boolean clearBuffer) {
    if (inclusions > 0) {
      return;
    }
    requireOpen();
    if (clearBuffer) {
      resetBuffer();
    }
    setHeader("Location", location);
    end(status);
  }

  private void end(int status) {
    setStatus(status);
    kept().close();
    ended = true;
  }

  @Override
  public void setStatus(int status) {
    if (!isCommitted()) {
      super.setStatus(status);
    }
  }

  @Override
  public void setHeader(String name, @Nullable String value) {
    if (isTaken(name)) {
      forgetLocale(name);
      super.setHeader(name, sendable(name, value));
    }
  }

  @Override
  public void addHeader(String name, @Nullable String value) {
    if (isTaken(name)) {
      forgetLocale(name);
      super.addHeader(name, sendable(name, value));
    }
  }

  @Override
  public void setIntHeader(String name, int value) {
    if (isTaken(name)) {
      super.setIntHeader(name, value);
    }
  }

  @Override
  public void addIntHeader(String name, int value) {
    if (isTaken(name)) {
      super.addIntHeader(name, value);
    }
  }

  @Override
  public void setDateHeader(String name, long date) {
    if (isTaken(name)) {
      super.setDateHeader(name, date);
    }
  }

  @Override
  public void addDateHeader(String name, long date) {
    if (isTaken(name)) {
      super.addDateHeader(name, date);
    }
  }

  private boolean isTaken(String name) {
    return !isCommitted() && !isOwn(name);
  }

  /**
   * A place is a URI, which has ASCII characters alone (RFC 3986 section 2); so has a base. A tab
   * is a space, since some on the way make one of it.
   */
  private static @Nullable String sendable(String name, @Nullable String value) {
    if (value == null) {
      return value;
    }
    return name.equalsIgnoreCase("Location") ? FieldValues.uri(value) : value.replace('\t', ' ');
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
  public void setContentType(@Nullable String type) {
    if (!isCommitted()) {
      super.setContentType(type);
    }
  }

  @Override
  public void setCharacterEncoding(@Nullable String charset) {
    if (!isCommitted()) {
      super.setCharacterEncoding(charset);
    }
  }

  /** Tomcat keeps what it means by itself until the answer goes out, when it is signed already. */
  @Override
  @Enforces("HS-5.3.2.1-N")
  public void setLocale(@Nullable Locale locale) {
    if (!isCommitted()) {
      super.setLocale(locale);
      super.setHeader(LANGUAGE, locale == null ? null : locale.toLanguageTag());
      localized = locale != null;
    }
  }

  /** What Tomcat kept would take the place of what is said later. The type may be by the locale. */
  private void forgetLocale(String name) {
    if (localized && name.equalsIgnoreCase(LANGUAGE)) {
      String type = getContentType();
      super.setLocale(null);
      super.setContentType(type);
      localized = false;
    }
  }

  @Override
  public void addCookie(Cookie cookie) {
    if (!isCommitted()) {
      super.addCookie(cookie);
    }
  }

  /** They would come behind the signature. */
  @Override
  public void setTrailerFields(Supplier<Map<String, String>> fields) {
    LOG.warn("trailer fields are not sent, as they cannot be signed");
  }
}
