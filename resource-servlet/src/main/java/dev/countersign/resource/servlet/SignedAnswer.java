package dev.countersign.resource.servlet;

import dev.countersign.requirement.Enforces;
import dev.countersign.resource.Verdict;
import dev.countersign.resource.servlet.CheckedParameters.MalformedParametersException;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * An answer that is kept until it is whole, then signed and sent. An error is the status alone,
 * since a page of the container's would come after the signature. For one thread at a time; it is
 * sent once, whoever says so first. Whatever a servlet made of it, it goes out signed, or the log
 * has an error.
 */
final class SignedAnswer extends KeptAnswer {
  private static final Logger LOG = LoggerFactory.getLogger(SignedAnswer.class);
  private static final Set<Integer> WITHOUT_CONTENT =
      Set.of(SC_NO_CONTENT, SC_RESET_CONTENT, SC_NOT_MODIFIED);

  private final HttpServletRequest request;
  private final Verdict.Admitted admitted;
  private final AtomicBoolean sent = new AtomicBoolean();
  private boolean begun;

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
    super(response, maxBytes, request::getAsyncContext);
    this.request = request;
    this.admitted = admitted;
  }

  /** The signed answer behind a response, whoever wrapped it since. */
  static Optional<SignedAnswer> of(ServletResponse response) {
    return response instanceof SignedAnswer signed
        ? Optional.of(signed)
        : PlainAnswer.behind(response).flatMap(SignedAnswer::of);
  }

  @Override
  void clear() {
    super.clear();
    ResourceFilter.send(admitted.headers(), this);
  }

  /**
   * Has the request served, and sends the answer, unless asynchronous work will. What a servlet
   * throws is logged here, since the container would make a page of it.
   */
  void serve(HttpServletRequest served, FilterChain chain) throws IOException {
    try {
      // As the one that servlets get, or what they wrapped it in.
      chain.doFilter(served, this);
    } catch (ServletException | IOException | RuntimeException | Error broken) {
      fail(broken, served);
    }
    if (!served.isAsyncStarted()) {
      finish();
    } else if (!begun) {
      // By the container's own request, which knows nothing of a signature.
      served.getAsyncContext().addListener(new UnsentAnswers(this));
    }
  }

  /** Asynchronous work begins, whose end sends the answer. */
  SignedAsync begin(AsyncContext context) {
    begun = true;
    context.addListener(new UnsentAnswers(this));
    return new SignedAsync(context, this);
  }

  @Override
  boolean isSent() {
    return sent.get();
  }

  /** Answers with the status alone, whatever was written; ends what was begun. */
  private void fail(Throwable broken, HttpServletRequest served) {
    boolean senders = isOfSender(broken);
    if (senders) {
      log(LOG.atInfo()).addKeyValue("detail", String.valueOf(broken.getMessage())).log("refused");
    } else {
      log(LOG.atError()).setCause(broken).log("a servlet failed");
    }
    if (!isSent() && !getResponse().isCommitted()) {
      clear();
      setStatus(senders ? SC_BAD_REQUEST : SC_INTERNAL_SERVER_ERROR);
    }
    if (served.isAsyncStarted()) {
      served.getAsyncContext().complete();
    }
  }

  /** Whether a servlet failed by the parameters that were sent to it. */
  static boolean isOfSender(Throwable broken) {
    Throwable cause =
        broken instanceof ServletException wrapped && wrapped.getRootCause() != null
            ? wrapped.getRootCause()
            : broken;
    return cause instanceof MalformedParametersException;
  }

  /** Signs and sends the answer, if that was not done before. */
  @Enforces({"HS-5.3.2.1-1", "HS-5.3.2.1-4", "HS-5.3.2.1-7"})
  void finish() throws IOException {
    BufferedOutput output = kept();
    if (!sent.compareAndSet(false, true)) {
      return;
    }
    HttpServletResponse response = (HttpServletResponse) getResponse();
    if (response.isCommitted()) {
      log(LOG.atError())
          .log(
              "an answer was sent before it was signed: by whom had the container's own, or"
                  + " forwards by the context (Tomcat: suspendWrappedResponseAfterForward)");
      return;
    }
    dropWhatWasBegun(response);
    byte[] content = content(output, response);
    if (content.length > 0) {
      keepFromCompression(response);
    }
    if (!isSigned(response, content)) {
      content = signedDifferently(response, content);
    }
    if (!withoutContent(response)) {
      response.setContentLengthLong(content.length);
      response.getOutputStream().write(content);
    } else if (isHead() && output.size() > 0 && !output.overflown()) {
      // As of a GET, or not at all (RFC 9110 section 8.6).
      response.setContentLengthLong(output.size());
    }
    // Whoever stands in front must not say otherwise now.
    response.flushBuffer();
  }

  /** By who stands in front: what is sent is what is signed, and nothing else. */
  @Enforces({"HS-5.3.2.1-1", "HS-5.3.2.1-7"})
  private static void dropWhatWasBegun(HttpServletResponse response) throws IOException {
    response.resetBuffer();
    try {
      response.getOutputStream();
    } catch (IllegalStateException byWriter) {
      resetBut(response, fields(response));
    }
  }

  /** Begins the container's answer anew, with the same status and these fields. */
  private static void resetBut(
      HttpServletResponse response, List<Map.Entry<String, String>> fields) {
    int status = response.getStatus();
    response.reset();
    response.setStatus(status);
    ResourceFilter.send(fields, response);
  }

  /** As {@link #finish}, at the end of asynchronous work, which nobody waits for. */
  void finishAsync() {
    try {
      finish();
    } catch (IOException e) {
      log(LOG.atInfo()).setCause(e).log("an answer could not be sent");
    }
  }

  private byte[] content(BufferedOutput output, HttpServletResponse response) {
    if (output.overflown()) {
      log(LOG.atError()).log("an answer is too long to be signed; see ResourceFilter.Limits");
      fault(response);
      return new byte[0];
    }
    if (WITHOUT_CONTENT.contains(response.getStatus())) {
      // Some containers send the type of what is not there, and others do not.
      response.setContentType(null);
    }
    return withoutContent(response) ? new byte[0] : output.content();
  }

  /** Signs, unless a value of the answer cannot be. */
  private boolean isSigned(HttpServletResponse response, byte[] content) {
    try {
      ResourceFilter.send(admitted.sign(response.getStatus(), fields(response), content), response);
      return true;
    } catch (IllegalArgumentException unsignable) {
      log(LOG.atError())
          .addKeyValue("reason", String.valueOf(unsignable.getMessage()))
          .log("an answer cannot be signed as it is");
      return false;
    }
  }

  /**
   * The servlet has acted, so its answer is better sent without some field than not at all; and if
   * there is no other way, its client learns by a signed answer that it is lost.
   */
  @Enforces("HS-5.3.2.1-1")
  private byte[] signedDifferently(HttpServletResponse response, byte[] content) {
    List<Map.Entry<String, String>> good = new ArrayList<>();
    for (Map.Entry<String, String> field : fields(response)) {
      if (FieldValues.isSignable(field.getKey()) && FieldValues.isSignable(field.getValue())) {
        good.add(field);
      } else {
        log(LOG.atError()).addKeyValue("field", field.getKey()).log("a field is left out");
      }
    }
    resetBut(response, good);
    if (isSigned(response, content)) {
      return content;
    }
    fault(response);
    byte[] none = new byte[0];
    if (!isSigned(response, none)) {
      throw new IllegalStateException("not even a fault can be signed");
    }
    return none;
  }

  private void fault(HttpServletResponse response) {
    response.reset();
    ResourceFilter.send(admitted.headers(), response);
    response.setStatus(SC_INTERNAL_SERVER_ERROR);
  }

  /** Where HTTP sends none, whatever the servlet wrote (RFC 9110 section 6.4.1). */
  private boolean withoutContent(HttpServletResponse response) {
    return isHead() || WITHOUT_CONTENT.contains(response.getStatus());
  }

  private boolean isHead() {
    return request.getMethod().equals("HEAD");
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

  /**
   * Tomcat 10.1.40 keeps the type by itself until the answer goes out. It also tells of each
   * spelling of a name, with all values under each.
   */
  @Enforces("HS-5.3.2.1-N")
  private static List<Map.Entry<String, String>> fields(HttpServletResponse response) {
    List<Map.Entry<String, String>> fields = new ArrayList<>();
    Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    names.addAll(response.getHeaderNames());
    for (String name : names) {
      if (!isOwn(name)) {
        response.getHeaders(name).forEach(value -> fields.add(Map.entry(name, value)));
      }
    }
    String type = response.getContentType();
    if (type != null
        && fields.stream().noneMatch(one -> one.getKey().equalsIgnoreCase("Content-Type"))) {
      fields.add(Map.entry("Content-Type", type));
    }
    return fields;
  }

  private LoggingEventBuilder log(LoggingEventBuilder line) {
    return line.addKeyValue("interaction_id", admitted.interactionId().value());
  }
}
