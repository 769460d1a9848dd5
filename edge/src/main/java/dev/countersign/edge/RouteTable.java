package dev.countersign.edge;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * All routes of an application in one table. Paths are compared raw and whole: {@code //token},
 * {@code /token/}, {@code /%74oken} and {@code /token;x=1} are not {@code /token}, so that nothing
 * before the table can see another path than the handler behind it.
 *
 * <p>An unknown path is answered 404, a known path with another method 405 and {@code Allow} (RFC
 * 9110 section 15.5.6), both without a body and with {@code Cache-Control: no-store}. {@code HEAD}
 * goes to the handler of {@code GET}, who still sees {@code HEAD}; {@code OPTIONS} is a method as
 * any other. Immutable.
 */
public final class RouteTable implements Handler {
  private final Map<String, Map<String, Handler>> handlers = new HashMap<>();

  /** Refuses two routes for the same method and path. */
  public RouteTable(List<Route> routes) {
    routes.forEach(this::add);
  }

  /** The same, for a table written down in place. */
  public RouteTable(Route... routes) {
    this(List.of(routes));
  }

  @Override
  public HttpResponse handle(HttpRequest request) throws Exception {
    Map<String, Handler> byMethod = handlers.get(request.path());
    if (byMethod == null) {
      return HttpResponse.empty(404);
    }
    Handler handler = byMethod.get(request.method());
    if (handler == null && request.method().equals("HEAD")) {
      handler = byMethod.get("GET");
    }
    return handler == null ? notAllowed(byMethod.keySet()) : handler.handle(request);
  }

  private void add(Route route) {
    Map<String, Handler> byMethod = handlers.computeIfAbsent(route.path(), path -> new HashMap<>());
    for (String method : route.methods()) {
      if (byMethod.putIfAbsent(method, route.handler()) != null) {
        throw new IllegalArgumentException("two routes for " + method + " " + route.path());
      }
    }
  }

  private static HttpResponse notAllowed(Set<String> methods) {
    Set<String> allowed = new TreeSet<>(methods);
    if (allowed.contains("GET")) {
      allowed.add("HEAD");
    }
    return HttpResponse.empty(405).with("Allow", String.join(", ", allowed));
  }
}
