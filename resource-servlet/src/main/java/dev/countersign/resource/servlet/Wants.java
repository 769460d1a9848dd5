package dev.countersign.resource.servlet;

import dev.countersign.protocol.resourcerequest.Wanted;
import jakarta.servlet.http.HttpServletRequest;

/** What the resource behind a request wants of a token. Called by many threads at once. */
@FunctionalInterface
public interface Wants {

  /**
   * Decides by method and by the path that the container chose the servlet by: {@code
   * getServletPath} and {@code getPathInfo}. Never by {@code getRequestURI}, which is as the client
   * wrote it: {@code /payments;a=b} and {@code /%70ayments} lead to the servlet of {@code
   * /payments}, too. It must not touch the body, so no {@code getParameter}: the resource would
   * find it read.
   */
  Wanted of(HttpServletRequest request);
}
