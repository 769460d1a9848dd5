package dev.countersign.edge;

import java.util.Objects;
import java.util.Set;

/**
 * One line of a {@link RouteTable}: who answers which methods of one path.
 *
 * @param methods the methods, case counts, at least one; {@code GET} answers {@code HEAD} too
 * @param path the raw path, compared character by character, beginning with {@code /}
 * @param handler who answers
 */
public record Route(Set<String> methods, String path, Handler handler) {

  /** Refuses a path with a query or fragment, and methods that are no tokens. */
  public Route {
    Objects.requireNonNull(handler, "handler");
    methods = Set.copyOf(methods);
    if (methods.isEmpty() || !methods.stream().allMatch(Route::isMethod)) {
      throw new IllegalArgumentException("a route needs methods such as GET or POST");
    }
    if (!path.startsWith("/") || !RawTarget.isPath(path)) {
      throw new IllegalArgumentException("path of a route must be a raw path, such as /token");
    }
  }

  /** A route for one method. */
  public Route(String method, String path, Handler handler) {
    this(Set.of(method), path, handler);
  }

  private static boolean isMethod(String method) {
    return !method.isEmpty() && method.chars().allMatch(Header::isToken);
  }
}
