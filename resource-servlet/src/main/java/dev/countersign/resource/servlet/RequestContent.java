package dev.countersign.resource.servlet;

import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.protocol.refusal.RefusalException;
import dev.countersign.requirement.Enforces;
import dev.countersign.resource.RequestBody;
import dev.countersign.resource.RequestTooLargeException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All content of a servlet request, up to a limit. What somebody read in front of the filter, as
 * {@code getParameter} does with a form, is content that nobody could check.
 */
record RequestContent(HttpServletRequest request, int maxBytes) implements RequestBody {
  private static final Logger LOG = LoggerFactory.getLogger(RequestContent.class);
  private static final Set<String> FORMS =
      Set.of("application/x-www-form-urlencoded", "multipart/form-data");
  private static final Set<String> WITHOUT_CONTENT = Set.of("GET", "HEAD");

  /**
   * Reads it.
   *
   * @throws RefusalException when it is less than the request is said to have
   */
  @Override
  @Enforces({"HS-5.3.1.2-8", "ATT-66"})
  public byte[] read() throws IOException {
    ServletInputStream in = stream();
    boolean finished = in.isFinished();
    byte[] bytes = bytes(in);
    long said = request.getContentLengthLong();
    if (said >= 0 ? said != bytes.length : bytes.length == 0 && isMissing(finished)) {
      throw readBefore();
    }
    return bytes;
  }

  /** The container answers for what cannot be read, and signs nothing. */
  private byte[] bytes(ServletInputStream in) throws IOException {
    try {
      return RequestBody.of(in, maxBytes).read();
    } catch (RequestTooLargeException refused) {
      throw refused;
    } catch (IOException broken) {
      LOG.atInfo().setCause(broken).log("the content of a request cannot be read");
      throw broken;
    }
  }

  private ServletInputStream stream() throws IOException {
    try {
      return request.getInputStream();
    } catch (IllegalStateException reader) {
      throw readBefore();
    }
  }

  /**
   * Whether there was some, though its length was not said. Where a container read a form, its
   * stream may not say so; an empty one without a length is refused rather than guessed at.
   */
  private boolean isMissing(boolean finished) {
    if (request.getProtocol().startsWith("HTTP/1")) {
      return request.getHeader("Transfer-Encoding") != null && (finished || isForm());
    }
    return !WITHOUT_CONTENT.contains(request.getMethod()) && isForm();
  }

  private boolean isForm() {
    return Optional.ofNullable(request.getHeader("Content-Type"))
        .map(type -> type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
        .filter(FORMS::contains)
        .isPresent();
  }

  private static RefusalException readBefore() {
    return Refusal.http(401, "HS-5.3.1.2-8", "the request is not signed as it must be")
        .withDetail(
            "its content is not all there: if a filter or handler in front of ResourceFilter reads"
                + " it, or parameters, let that stand behind")
        .exception();
  }
}
