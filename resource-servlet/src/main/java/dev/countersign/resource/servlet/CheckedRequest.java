package dev.countersign.resource.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.Part;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request whose content was read, and its digest checked: servlets get these bytes and no others.
 * A form is read from them; parts of a multipart message cannot be had.
 */
final class CheckedRequest extends HttpServletRequestWrapper {
  private static final String FORM = "application/x-www-form-urlencoded";

  private final byte[] content;
  private final HttpServletResponse answer;
  private Optional<ServletInputStream> stream = Optional.empty();
  private Optional<BufferedReader> reader = Optional.empty();
  private Optional<Map<String, String[]>> parameters = Optional.empty();

  /**
   * The same request with this content.
   *
   * @param answer what servlets behind the filter answer by
   */
  CheckedRequest(HttpServletRequest request, byte[] content, HttpServletResponse answer) {
    super(request);
    this.content = content.clone();
    this.answer = answer;
  }

  @Override
  public ServletInputStream getInputStream() {
    if (reader.isPresent()) {
      throw new IllegalStateException("getReader was called before");
    }
    ServletInputStream in =
        stream.orElseGet(() -> new BufferedInput(content, this::getAsyncContext));
    stream = Optional.of(in);
    return in;
  }

  @Override
  public BufferedReader getReader() {
    if (stream.isPresent()) {
      throw new IllegalStateException("getInputStream was called before");
    }
    BufferedReader in =
        reader.orElseGet(
            () ->
                new BufferedReader(
                    new InputStreamReader(
                        new ByteArrayInputStream(content), charset(StandardCharsets.ISO_8859_1))));
    reader = Optional.of(in);
    return in;
  }

  @Override
  public @Nullable String getParameter(String name) {
    String[] values = getParameterValues(name);
    return values == null ? null : values[0];
  }

  @Override
  public String @Nullable [] getParameterValues(String name) {
    String[] values = parameters().get(name);
    return values == null ? null : values.clone();
  }

  @Override
  public Enumeration<String> getParameterNames() {
    return Collections.enumeration(parameters().keySet());
  }

  @Override
  public Map<String, String[]> getParameterMap() {
    return Collections.unmodifiableMap(parameters());
  }

  /** The container's own map has those of the query alone: it found the content read. */
  private Map<String, String[]> parameters() {
    Map<String, String[]> all =
        parameters.orElseGet(
            () ->
                isForm()
                    ? FormParameters.of(
                        super.getParameterMap(), content, charset(StandardCharsets.UTF_8))
                    : super.getParameterMap());
    parameters = Optional.of(all);
    return all;
  }

  private boolean isForm() {
    return getMethod().equals("POST")
        && getHeader("Content-Encoding") == null
        && Optional.ofNullable(getContentType())
            .map(type -> type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
            .equals(Optional.of(FORM));
  }

  private Charset charset(Charset otherwise) {
    return Optional.ofNullable(getCharacterEncoding()).map(Charset::forName).orElse(otherwise);
  }

  @Override
  public Collection<Part> getParts() throws ServletException {
    throw noParts();
  }

  @Override
  public Part getPart(String name) throws ServletException {
    throw noParts();
  }

  private static ServletException noParts() {
    return new ServletException(
        "ResourceFilter read the content to check its digest: read parts from getInputStream");
  }

  /** The container would hand on what stands before the filter. */
  @Override
  public AsyncContext startAsync() {
    return startAsync(this, answer);
  }

  @Override
  public AsyncContext startAsync(ServletRequest request, ServletResponse response) {
    AsyncContext begun = super.startAsync(request, response);
    return SignedAnswer.of(response).<AsyncContext>map(signed -> signed.begin(begun)).orElse(begun);
  }

  @Override
  public AsyncContext getAsyncContext() {
    AsyncContext begun = super.getAsyncContext();
    return SignedAnswer.of(begun.getResponse())
        .<AsyncContext>map(signed -> new SignedAsync(begun, signed))
        .orElse(begun);
  }
}
