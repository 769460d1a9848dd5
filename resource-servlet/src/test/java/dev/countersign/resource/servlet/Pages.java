package dev.countersign.resource.servlet;

import dev.countersign.resource.Access;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** The servlets behind the filter. */
final class Pages {
  private Pages() {}

  @FunctionalInterface
  interface Page {
    void serve(HttpServletRequest request, HttpServletResponse answer)
        throws IOException, ServletException;
  }

  static HttpServlet of(Page page) {
    return new Served(page);
  }

  /** Says for whom the request was admitted. */
  static HttpServlet accounts() {
    return of(
        (request, answer) -> {
          Access access = ResourceFilter.access(request);
          answer
              .getWriter()
              .print(
                  access.subject().value()
                      + " "
                      + access.clientId().value()
                      + " "
                      + ResourceFilter.interactionId(request).value());
        });
  }

  private static final class Served extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private final transient Page page;

    private Served(Page page) {
      this.page = page;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse answer)
        throws IOException, ServletException {
      page.serve(request, answer);
    }
  }
}
