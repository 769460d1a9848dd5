package dev.countersign.resource.servlet;

import dev.countersign.resource.servlet.CheckedParameters.MalformedParametersException;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpUpgradeHandler;
import jakarta.servlet.http.Part;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Collection;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A request whose content was read, and its digest checked: servlets get these bytes and no others.
 * Parameters are read from them and from the query; parts of a multipart message and trailer fields
 * cannot be had.
 */
final class CheckedRequest extends HttpServletRequestWrapper {
  private static final String FORM = "application/x-www-form-urlencoded";

  private final byte[] content;
  private final int mostParameters;
  private final HttpServletResponse answer;
  private Optional<ServletInputStream> stream = Optional.empty();
  private Optional<BufferedReader> reader = Optional.empty();
  private Optional<Parameters> parameters = Optional.empty();
  private Optional<SignedAnswer> signed = Optional.empty();

  /**
   * Parameters that were read.
   *
   * @param queries of which they were made; others count behind a dispatch
   */
  private record Parameters(List<String> queries, Map<String, String[]> all) {}

  /**
   * The same request with this content.
   *
   * @param mostParameters so many are taken, this number included
   * @param answer what servlets behind the filter answer by
   */
  CheckedRequest(
      HttpServletRequest request, byte[] content, int mostParameters, HttpServletResponse answer) {
    super(request);
    this.content = content.clone();
    this.mostParameters = mostParameters;
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

  /**
   * As the container's.
   *
   * @throws MalformedParametersException for a charset that there is none of
   */
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

  private Map<String, String[]> parameters() {
    List<String> queries = queries();
    Parameters read =
        parameters
            .filter(before -> before.queries().equals(queries))
            .orElseGet(() -> new Parameters(queries, readParameters(queries)));
    parameters = Optional.of(read);
    return read.all();
  }

  /**
   * What Tomcat, which puts its wrappers behind this one, was dispatched with comes first, so that
   * a client cannot say otherwise; then the client's own, behind whatever dispatch the filter
   * stands.
   */
  private List<String> queries() {
    return Stream.of(
            getDispatcherType() == DispatcherType.INCLUDE
                ? getAttribute(RequestDispatcher.INCLUDE_QUERY_STRING)
                : null,
            getQueryString(),
            getAttribute(RequestDispatcher.FORWARD_QUERY_STRING),
            getAttribute(AsyncContext.ASYNC_QUERY_STRING))
        .filter(String.class::isInstance)
        .map(String.class::cast)
        .distinct()
        .toList();
  }

  private Map<String, String[]> readParameters(List<String> queries) {
    CheckedParameters read = new CheckedParameters(mostParameters);
    queries.forEach(read::addQuery);
    if (isForm()) {
      read.add(content, charset(StandardCharsets.UTF_8));
    }
    return read.toMap();
  }

  private boolean isForm() {
    return getMethod().equals("POST")
        && getHeader("Content-Encoding") == null
        // Not getContentType, which fails in Jetty for a charset that it does not know.
        && Optional.ofNullable(getHeader("Content-Type"))
            .map(type -> type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
            .equals(Optional.of(FORM));
  }

  private Charset charset(Charset otherwise) {
    try {
      return Optional.ofNullable(getCharacterEncoding()).map(Charset::forName).orElse(otherwise);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      throw new MalformedParametersException("the request is in a charset that is unknown");
    }
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

  /** None: they came behind the content, and nobody signed them. */
  @Override
  public Map<String, String> getTrailerFields() {
    return Map.of();
  }

  @Override
  public boolean isTrailerFieldsReady() {
    return true;
  }

  /** Never: what is said in another protocol is neither checked nor signed. */
  @Override
  public <T extends HttpUpgradeHandler> T upgrade(Class<T> handler) throws ServletException {
    throw new ServletException("a signed request cannot be upgraded");
  }

  @Override
  public @Nullable RequestDispatcher getRequestDispatcher(String path) {
    RequestDispatcher target = super.getRequestDispatcher(path);
    return target == null ? null : new SignedDispatcher(target);
  }

  /** The container would hand on what stands before the filter. */
  @Override
  public AsyncContext startAsync() {
    return startAsync(this, answer);
  }

  @Override
  public AsyncContext startAsync(ServletRequest request, ServletResponse response) {
    AsyncContext begun = super.startAsync(request, response);
    if (begun instanceof SignedAsync) {
      return begun;
    }
    signed = SignedAnswer.of(response);
    return signed.<AsyncContext>map(one -> one.begin(begun)).orElse(begun);
  }

  /** Not by the context's own answer, which Tomcat does not tell any more after a dispatch. */
  @Override
  public AsyncContext getAsyncContext() {
    AsyncContext begun = super.getAsyncContext();
    return begun instanceof SignedAsync
        ? begun
        : signed.<AsyncContext>map(one -> new SignedAsync(begun, one)).orElse(begun);
  }
}
