package dev.countersign.resource.servlet;

import dev.countersign.protocol.http.FapiInteractionId;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.protocol.resourcerequest.Wanted;
import dev.countersign.requirement.Enforces;
import dev.countersign.resource.Access;
import dev.countersign.resource.DetailVerdict;
import dev.countersign.resource.PublishedDocument;
import dev.countersign.resource.RequestBody;
import dev.countersign.resource.ResourceServer;
import dev.countersign.resource.Verdict;
import dev.countersign.resource.servlet.CheckedParameters.MalformedParametersException;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a request through to the servlets behind it only when {@link ResourceServer} admits it, and
 * answers it otherwise. Serves the metadata of the resource server at its well-known path, if it is
 * mapped there.
 *
 * <pre>{@code
 * FilterRegistration.Dynamic filter =
 *     context.addFilter("guard", new ResourceFilter(guard, Scope.of("accounts")));
 * filter.setAsyncSupported(true);
 * filter.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
 * }</pre>
 *
 * <p>The public URL of the resource server is what stands before the whole path of a request, the
 * context path included. The body is left alone: an access token in a form is no access token, and
 * the form is the resource's to read.
 *
 * <p>Where the resource server has HTTP signatures, the content is read before the servlets run, up
 * to a limit, and they get what was checked, also as parameters; parts ({@code getParts}) and
 * trailer fields cannot be had then. A request whose content somebody read in front of the filter
 * is refused. An answer that is to be signed is kept up to a limit until it is whole, so nothing
 * can be streamed; what a servlet says by {@code sendError} or by an exception is the status alone,
 * signed, and no error page is made. Servlets that dispatch asynchronously need the filter mapped
 * to {@code DispatcherType.ASYNC}, too. What the container answers by itself, as when asynchronous
 * work takes too long, is not signed: clients refuse it, and the log has an error.
 *
 * <p>A request is judged once. Mapped to other dispatches too, the filter lets a request pass that
 * it admitted before; one that reaches it by a forward, an include or an asynchronous dispatch for
 * the first time is judged by the URL that the client asked for. An error page is let through, as
 * it is no resource; a refusal makes none.
 *
 * <p>Safe for any number of threads.
 */
public final class ResourceFilter implements Filter {
  private static final Logger LOG = LoggerFactory.getLogger(ResourceFilter.class);
  private static final String ADMISSION = ResourceFilter.class.getName() + ".admission";

  private final ResourceServer guard;
  private final Wants wants;
  private final Limits limits;

  /** Guards resources that all want the same scope; {@link Scope#NONE} for none. */
  public ResourceFilter(ResourceServer guard, Scope required) {
    this(guard, request -> Wanted.of(required));
  }

  /** Guards resources that want different things. */
  public ResourceFilter(ResourceServer guard, Wants wants) {
    this(guard, wants, Limits.usual());
  }

  /** The same, with limits for the content that HTTP signatures are about. */
  public ResourceFilter(ResourceServer guard, Wants wants, Limits limits) {
    this.guard = guard;
    this.wants = wants;
    this.limits = limits;
  }

  /**
   * How much of a message is kept in memory to verify or to sign it; without HTTP signatures,
   * nothing is.
   *
   * @param requestBytes largest content of a request, this size included; a larger one is refused
   *     with 413
   * @param responseBytes largest content of a signed answer, this size included; a larger one
   *     becomes a 500, and the log says so
   * @param parameters most parameters of a query and a form together, this number included; a
   *     servlet that asks for more is answered for with 400
   */
  public record Limits(int requestBytes, int responseBytes, int parameters) {
    /** Refuses negative ones. */
    public Limits {
      if (requestBytes < 0 || responseBytes < 0 || parameters < 0) {
        throw new IllegalArgumentException("ResourceFilter.Limits must not be negative");
      }
    }

    /** So many bytes, and our choice of parameters: 1000. */
    public Limits(int requestBytes, int responseBytes) {
      this(requestBytes, responseBytes, 1000);
    }

    /** Our choice: 1 MiB of a request, 4 MiB of an answer, 1000 parameters. */
    public static Limits usual() {
      return new Limits(1024 * 1024, 4 * 1024 * 1024);
    }
  }

  /** What let a request through, and which filters did. */
  private record Admission(Verdict.Admitted verdict, Set<ResourceFilter> by) {
    Admission and(ResourceFilter other, Verdict.Admitted later) {
      Set<ResourceFilter> all = new HashSet<>(by);
      all.add(other);
      return new Admission(later, Set.copyOf(all));
    }
  }

  /**
   * What the request may do, and for whom.
   *
   * @throws IllegalStateException when no filter admitted it, so that no resource is served without
   */
  public static Access access(ServletRequest request) {
    return admission(request).orElseThrow(ResourceFilter::unguarded).verdict().access();
  }

  /**
   * The request's {@code x-fapi-interaction-id}, for the log (IA-2.2.1-3).
   *
   * @throws IllegalStateException when no filter admitted it
   */
  public static FapiInteractionId interactionId(ServletRequest request) {
    return admission(request).orElseThrow(ResourceFilter::unguarded).verdict().interactionId();
  }

  /**
   * Answers a request that a filter admitted, but that wants what its details do not allow. Nothing
   * else may be written to the answer; what a servlet wrote before and was not sent yet is dropped.
   *
   * <pre>{@code
   * switch (ResourceFilter.access(request).use(PAYMENT, order.toDetail(), uses)) {
   *   case DetailVerdict.Permitted permitted -> book(order);
   *   case DetailVerdict.Refused why -> ResourceFilter.refuse(request, response, why);
   * }
   * }</pre>
   *
   * @param why from {@link Access#use}, or {@link DetailVerdict.NotGranted} where {@link
   *     Access#allows} said no
   * @throws IllegalStateException when no filter admitted it, or when the answer is on its way
   */
  @Enforces({"OA-9", "IA-2.2.1-2", "IA-2.2.1-3"})
  public static void refuse(
      ServletRequest request, HttpServletResponse response, DetailVerdict.Refused why) {
    Verdict.Admitted admitted = admission(request).orElseThrow(ResourceFilter::unguarded).verdict();
    response.resetBuffer();
    Verdict.Refused no = admitted.refuse(why);
    send(no.headers(), response);
    answer(no, response);
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (!(request instanceof HttpServletRequest http)
        || !(response instanceof HttpServletResponse answer)) {
      throw new ServletException("ResourceFilter knows HTTP only");
    }
    Optional<Admission> before = admission(http);
    if (before.filter(admission -> admission.by().contains(this)).isPresent()) {
      again(before.get(), http, answer, chain);
    } else if (http.getDispatcherType() == DispatcherType.ERROR) {
      chain.doFilter(http, answer);
    } else {
      first(http, answer, chain);
    }
  }

  private void first(HttpServletRequest request, HttpServletResponse answer, FilterChain chain)
      throws IOException, ServletException {
    ServletRequests.Target target = ServletRequests.target(request);
    Optional<PublishedDocument> document = guard.published(target.path(), target.query());
    if (document.isPresent()) {
      publish(document.get(), request, answer);
    } else {
      judge(request, target, answer, chain);
    }
  }

  @Enforces({"SP-5.3.4-3", "SP-5.3.4-4", "SP-5.3.4-5", "IA-2.2.1-2", "IA-2.2.1-3"})
  private void judge(
      HttpServletRequest request,
      ServletRequests.Target target,
      HttpServletResponse answer,
      FilterChain chain)
      throws IOException, ServletException {
    AtomicBoolean read = new AtomicBoolean();
    RequestBody body =
        () -> {
          read.set(true);
          return new RequestContent(request, limits.requestBytes()).read();
        };
    Verdict verdict = guard.judge(ServletRequests.read(request, target), wants.of(request), body);
    send(verdict.headers(), answer);
    switch (verdict) {
      case Verdict.Admitted in -> {
        LOG.atDebug().addKeyValue("interaction_id", in.interactionId().value()).log("admitted");
        Admission admission =
            admission(request)
                .map(before -> before.and(this, in))
                .orElseGet(() -> new Admission(in, Set.of(this)));
        request.setAttribute(ADMISSION, admission);
        if (read.get()) {
          serveChecked(in, request, answer, chain);
        } else {
          chain.doFilter(request, answer);
        }
      }
      case Verdict.Refused no -> answer(no, answer);
    }
  }

  /** What servlets get is what was checked, and what they answer is signed. */
  @Enforces({"HS-5.3.1.2-8", "HS-5.3.2.1-1"})
  private void serveChecked(
      Verdict.Admitted in,
      HttpServletRequest request,
      HttpServletResponse answer,
      FilterChain chain)
      throws IOException, ServletException {
    // Of several filters, the first signs.
    if (in.signsResponse() && SignedAnswer.of(answer).isEmpty()) {
      SignedAnswer signed = new SignedAnswer(request, answer, in, limits.responseBytes());
      signed.serve(checked(in, request, signed), chain);
      return;
    }
    try {
      chain.doFilter(checked(in, request, answer), answer);
    } catch (ServletException | MalformedParametersException broken) {
      if (!SignedAnswer.isOfSender(broken) || answer.isCommitted()) {
        throw broken;
      }
      answer.reset();
      send(in.headers(), answer);
      answer.setStatus(HttpServletResponse.SC_BAD_REQUEST);
    }
  }

  private CheckedRequest checked(
      Verdict.Admitted in, HttpServletRequest request, HttpServletResponse answer) {
    return new CheckedRequest(request, in.body(), limits.parameters(), answer);
  }

  /** Not by {@code sendError}, which would give the answer to the container's error page. */
  private static void answer(Verdict.Refused no, HttpServletResponse answer) {
    LOG.atInfo()
        .addKeyValue("interaction_id", no.interactionId().value())
        .addKeyValue("status", no.status())
        .addKeyValue("rule", no.refusal().rule().value())
        .addKeyValue("detail", no.refusal().detail().orElse(no.refusal().description()))
        .log("refused");
    answer.setStatus(no.status());
    answer.setContentLength(0);
  }

  /**
   * An error page may have begun an answer of its own, without what belongs on every answer, and
   * unsigned. The answer of an asynchronous dispatch is the one that was begun.
   */
  @Enforces({"IA-2.2.1-2", "HS-5.3.2.1-1"})
  private void again(
      Admission admission,
      HttpServletRequest request,
      HttpServletResponse answer,
      FilterChain chain)
      throws IOException, ServletException {
    boolean error = request.getDispatcherType() == DispatcherType.ERROR;
    boolean whole = error || request.getDispatcherType() == DispatcherType.ASYNC;
    Optional<SignedAnswer> begun = SignedAnswer.of(answer);
    if (error && !answer.isCommitted()) {
      begun.ifPresent(KeptAnswer::restart);
      send(admission.verdict().headers(), answer);
    }
    boolean begins = admission.verdict().signsResponse() && !answer.isCommitted();
    if (whole && (begun.isPresent() || begins)) {
      SignedAnswer signed =
          begun.orElseGet(
              () -> new SignedAnswer(request, answer, admission.verdict(), limits.responseBytes()));
      signed.serve(
          error || begun.isPresent() ? request : checked(admission.verdict(), request, signed),
          chain);
      if (error) {
        // Asynchronous work that took too long still counts as begun, and ends with this page.
        signed.finish();
      }
    } else {
      chain.doFilter(request, answer);
    }
  }

  @Enforces({"PR-1", "IA-2.2.1-2"})
  private static void publish(
      PublishedDocument document, HttpServletRequest request, HttpServletResponse answer)
      throws IOException {
    Optional<String> sent = ServletRequests.headers(request).first(FapiInteractionId.HEADER);
    answer.setHeader(
        FapiInteractionId.HEADER, FapiInteractionId.from(sent, UUID::randomUUID).value());
    if (!request.getMethod().equals("GET") && !request.getMethod().equals("HEAD")) {
      answer.setHeader("Allow", "GET, HEAD");
      answer.setStatus(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
      return;
    }
    send(document.headers(), answer);
    byte[] body = document.body();
    answer.setContentLength(body.length);
    answer.getOutputStream().write(body);
  }

  /** A field that comes more than once here replaces what others set under its name only once. */
  static void send(List<Map.Entry<String, String>> headers, HttpServletResponse answer) {
    Set<String> begun = new HashSet<>();
    for (Map.Entry<String, String> header : headers) {
      if (begun.add(header.getKey())) {
        answer.setHeader(header.getKey(), header.getValue());
      } else {
        answer.addHeader(header.getKey(), header.getValue());
      }
    }
  }

  private static Optional<Admission> admission(ServletRequest request) {
    return request.getAttribute(ADMISSION) instanceof Admission admission
        ? Optional.of(admission)
        : Optional.empty();
  }

  private static IllegalStateException unguarded() {
    return new IllegalStateException("No ResourceFilter admitted this request");
  }
}
