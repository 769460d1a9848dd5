package dev.countersign.resource.servlet;

import dev.countersign.protocol.resourcerequest.Wanted;
import jakarta.servlet.http.HttpServletRequest;

/** What the resource behind a request wants of a token. Called by many threads at once. */
@FunctionalInterface
public interface Wants {

  /**
   * Decides by method and path. It must not touch the body, so no {@code getParameter}: the
   * resource would find it read.
   */
  Wanted of(HttpServletRequest request);
}
