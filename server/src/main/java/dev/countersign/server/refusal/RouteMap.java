package dev.countersign.server.refusal;

import dev.countersign.edge.HttpRequest;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.requirement.Enforces;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Finds the route of a request. Immutable. */
final class RouteMap {
  private final Map<String, Map<String, Route>> byPath = new HashMap<>();

  /** Refuses two routes for one method of one path. */
  RouteMap(List<Route> routes) {
    routes.forEach(
        route ->
            route
                .methods()
                .forEach(
                    method -> {
                      Map<String, Route> byMethod =
                          byPath.computeIfAbsent(route.path(), _ -> new HashMap<>());
                      if (byMethod.put(method, route) != null) {
                        throw new IllegalArgumentException(
                            "two routes for " + method + " " + route.path());
                      }
                    }));
  }

  /** What a request leads to. */
  sealed interface Match {
    /** Someone answers it. */
    record Found(Route route) implements Match {}

    /** The path is there, but not for this method. */
    record WrongMethod(Route neighbour, Set<String> allowed) implements Match {
      private static final Refusal REFUSAL =
          Refusal.http(405, "PAR-1", "this method is not supported here");

      /** The refusal of {@code method}. */
      Refusal refusal(String method) {
        return REFUSAL.withDetail(
            Refusal.mismatch("method", method, "one of " + String.join(" ", allowed)));
      }
    }

    /** There is nothing. */
    record Nothing() implements Match {}
  }

  @Enforces({"PAR-1"})
  Match match(HttpRequest request) {
    String path = request.path();
    Map<String, Route> family =
        byPath.getOrDefault(path.substring(0, path.lastIndexOf('/') + 1), Map.of());
    Map<String, Route> byMethod = byPath.getOrDefault(path, family);
    if (byMethod.isEmpty()) {
      return new Match.Nothing();
    }
    // No HEAD for free: where a GET opens or ends something, a preview must not.
    if (byMethod.containsKey(request.method())) {
      return new Match.Found(byMethod.get(request.method()));
    }
    return new Match.WrongMethod(
        byMethod.values().iterator().next(), new TreeSet<>(byMethod.keySet()));
  }
}
