package dev.countersign.it.browser;

import dev.countersign.edge.Handler;
import dev.countersign.edge.HttpRequest;
import dev.countersign.edge.HttpResponse;
import dev.countersign.protocol.http.Form;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The page at the front, which tells what came of a flow. It takes answers that browsers post to
 * it, and then sends the browser on to another name of itself, as apps with several hosts do. Safe
 * for any number of threads.
 */
final class Front implements Handler {
  private final AtomicReference<Optional<Form>> posted = new AtomicReference<>(Optional.empty());

  @Override
  public HttpResponse handle(HttpRequest request) {
    if (request.method().equals("POST")) {
      posted.set(Optional.of(Form.parseBody(request.body())));
      return HttpResponse.redirect303(onward(request).resolve("/?outcome=posted"));
    }
    String outcome =
        request.query().flatMap(query -> Form.parseQuery(query).value("outcome")).orElse("nothing");
    return BudgetApp.page("<p id=\"outcome\">" + outcome.replaceAll("[^a-z_ ]", "?") + "</p>");
  }

  /** The same place by its address, which is another origin. */
  private static URI onward(HttpRequest request) {
    String host = request.headers().first("Host").orElseThrow();
    return onward(URI.create("https://" + host));
  }

  /** Where it sends a browser on to that posted something to this address of it. */
  static URI onward(URI front) {
    return URI.create("https://127.0.0.1:" + front.getPort() + "/");
  }

  /** What was posted last. */
  Form posted() {
    return posted.get().orElseThrow();
  }
}
