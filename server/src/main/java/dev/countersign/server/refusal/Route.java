package dev.countersign.server.refusal;

import java.util.Set;

/**
 * One line of the server's route table.
 *
 * @param name what the log calls the endpoint
 * @param methods what it answers; {@code GET} answers {@code HEAD} too
 * @param path the raw path, compared character by character; one that ends with a slash stands for
 *     every path with one more segment, unless that has a route of its own
 * @param endpoint who answers
 * @param refusals the form of its refusals
 * @param always what every answer carries, refusals included
 */
public record Route(
    String name,
    Set<String> methods,
    String path,
    Endpoint endpoint,
    RefusalWriter refusals,
    AlwaysHeaders always) {

  /** Copies the methods. */
  public Route {
    methods = Set.copyOf(methods);
  }
}
