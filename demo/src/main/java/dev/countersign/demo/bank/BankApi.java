package dev.countersign.demo.bank;

import dev.countersign.edge.Handler;
import dev.countersign.edge.HttpRequest;
import dev.countersign.edge.HttpResponse;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.protocol.oauth.Subject;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.protocol.resourcerequest.Wanted;
import dev.countersign.requirement.Enforces;
import dev.countersign.resource.Description;
import dev.countersign.resource.PublishedDocument;
import dev.countersign.resource.ResourceRequest;
import dev.countersign.resource.ResourceServer;
import dev.countersign.resource.Verdict;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * The bank's API: {@code GET /accounts} and {@code GET /accounts/<id>/transactions} for the scope
 * {@code accounts}, {@code POST /payments} for what a person allowed to be paid, once. Everybody
 * sees the own accounts only. Its metadata is there for anybody, if the guard has some. Safe for
 * any number of threads.
 */
public final class BankApi implements Handler {
  /** The scope of reading. */
  public static final Scope ACCOUNTS = Scope.of("accounts");

  /** What its metadata says of it: the scope of reading, and the details of paying. */
  public static final Description DESCRIPTION =
      Description.of(ACCOUNTS).understanding(List.of(PaymentOrder.TYPE));

  private static final Pattern TRANSACTIONS = Pattern.compile("/accounts/([^/]+)/transactions");
  private static final Logger LOG = LoggerFactory.getLogger("dev.countersign.demo.bank.request");

  private final ResourceServer guard;
  private final BankAnswers answers;
  private final Payments payments;
  private final Consumer<Refusal> refusals;

  /**
   * An API behind this guard.
   *
   * @param refusals told of every refusal, on the thread of its request
   */
  public BankApi(
      ResourceServer guard, Ledger ledger, InstantSource clock, Consumer<Refusal> refusals) {
    this.guard = guard;
    this.answers = new BankAnswers(ledger);
    this.payments = new Payments(ledger, clock);
    this.refusals = refusals;
  }

  /** What a path leads to, once the request is let in. */
  private record Place(String method, Scope scope, Answer answer) {}

  @FunctionalInterface
  private interface Answer {
    Answered to(Verdict.Admitted in, Content content);
  }

  /**
   * What a request brings.
   *
   * @param request with the fields that say what the bytes are
   * @param bytes those that may be believed
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on within the package, never compared
  record Content(HttpRequest request, byte[] bytes) {}

  /**
   * What came of a request.
   *
   * @param verdict what was said in the end of whether it may be done
   */
  record Answered(Verdict verdict, HttpResponse response) {}

  @Override
  public HttpResponse handle(HttpRequest request) throws IOException {
    Optional<PublishedDocument> document = guard.published(request.path(), request.query());
    if (document.isPresent()) {
      return published(document.get(), request);
    }
    Optional<Place> place = place(request.path());
    return place.isPresent() ? serve(place.get(), request) : HttpResponse.empty(404);
  }

  /** For anybody: no token is wanted. */
  @Enforces({"PR-1", "HS-5.3.2.1-1"})
  private static HttpResponse published(PublishedDocument document, HttpRequest request) {
    if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
      return HttpResponse.empty(405).with("Allow", "GET, HEAD");
    }
    HttpResponse response = HttpResponse.json(200, document.document());
    for (Map.Entry<String, String> header : document.headers()) {
      response = response.with(header.getKey(), header.getValue());
    }
    return response;
  }

  private Optional<Place> place(String path) {
    Matcher transactions = TRANSACTIONS.matcher(path);
    if (transactions.matches()) {
      String account = transactions.group(1);
      return Optional.of(read(who -> answers.bookings(who, account)));
    }
    return switch (path) {
      case "/accounts" -> Optional.of(read(answers::accounts));
      case "/payments" -> Optional.of(new Place("POST", Scope.NONE, payments::pay));
      default -> Optional.empty();
    };
  }

  private static Place read(Function<Subject, HttpResponse> answer) {
    return new Place(
        "GET", ACCOUNTS, (in, _) -> new Answered(in, answer.apply(in.access().subject())));
  }

  @Enforces({"SP-5.3.4-4", "IA-2.2.1-2", "IA-2.2.1-3"})
  private HttpResponse serve(Place place, HttpRequest request) throws IOException {
    if (!place.method().equals(request.method())) {
      return HttpResponse.empty(405).with("Allow", place.method());
    }
    ResourceRequest asked =
        new ResourceRequest(
            request.method(),
            request.path(),
            request.query(),
            request.headers(),
            request.clientCertificates());
    Answered answered =
        switch (guard.judge(asked, Wanted.of(place.scope()), request::body)) {
          case Verdict.Admitted in -> place.answer().to(in, content(in, request));
          case Verdict.Refused no -> new Answered(no, HttpResponse.empty(no.status()));
        };
    if (answered.verdict() instanceof Verdict.Refused no) {
      refusals.accept(no.refusal());
    }
    HttpResponse response = signed(answered);
    for (Map.Entry<String, String> header : answered.verdict().headers()) {
      response = response.adding(header.getKey(), header.getValue());
    }
    log(answered.verdict(), response);
    return response;
  }

  /** Where messages are signed, what the guard checked against the signature, and nothing else. */
  @Enforces("HS-5.3.1.2-8")
  private static Content content(Verdict.Admitted in, HttpRequest request) {
    return new Content(request, in.signsResponse() ? in.body() : request.body());
  }

  /** A refusal is signed by the guard. */
  @Enforces({"HS-5.3.2.1-1", "HS-5.3.2.1-7"})
  private static HttpResponse signed(Answered answered) {
    HttpResponse response = answered.response();
    if (answered.verdict() instanceof Verdict.Admitted in) {
      List<Map.Entry<String, String>> fields =
          response.headers().stream().map(one -> Map.entry(one.name(), one.value())).toList();
      for (Map.Entry<String, String> field : in.sign(response.status(), fields, response.body())) {
        response = response.adding(field.getKey(), field.getValue());
      }
    }
    return response;
  }

  private static void log(Verdict verdict, HttpResponse response) {
    LoggingEventBuilder line =
        LOG.atInfo()
            .addKeyValue("interaction_id", verdict.interactionId().value())
            .addKeyValue("status", response.status());
    if (verdict instanceof Verdict.Refused no) {
      line = line.addKeyValue("rule", no.refusal().rule().value());
    }
    line.log("request");
  }
}
