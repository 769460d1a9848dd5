package dev.countersign.resource.servlet;

import dev.countersign.resource.Access;
import jakarta.servlet.AsyncContext;
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

  /** Answers with what it got. */
  static HttpServlet echo() {
    return of(
        (request, answer) ->
            answer.getOutputStream().write(request.getInputStream().readAllBytes()));
  }

  /** Does so on another thread. */
  static void echoLater(AsyncContext async) {
    async.start(
        () -> {
          try {
            async
                .getResponse()
                .getOutputStream()
                .write(async.getRequest().getInputStream().readAllBytes());
          } catch (IOException e) {
            throw new AssertionError(e);
          }
          async.complete();
        });
  }

  /** Begins an answer and never ends it. */
  static HttpServlet endless() {
    return of(
        (request, answer) -> {
          answer.getOutputStream().print("half an ans");
          // Jetty may never answer where the time is up before the servlet has returned.
          request.startAsync().setTimeout(200);
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
