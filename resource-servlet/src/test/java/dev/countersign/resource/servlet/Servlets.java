package dev.countersign.resource.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.http.HttpServlet;
import java.net.http.HttpRequest;
import java.util.function.Consumer;

/** A servlet container with one application. */
interface Servlets extends AutoCloseable {

  /** Those that the documents name. */
  enum Kind {
    JETTY,
    /** As Tomcat 10.1 is by default. */
    TOMCAT,
    /** As Tomcat 11 is by default: a forward ends the answer behind all wrappers. */
    TOMCAT_THAT_SUSPENDS;

    /** Started, with the context path {@code /bank} and what a test puts in. */
    Servlets with(Consumer<Servlets> content) throws Exception {
      return this == JETTY
          ? Container.with(content::accept)
          : TomcatContainer.with(this == TOMCAT_THAT_SUSPENDS, content);
    }
  }

  /** Puts one in, which may work asynchronously. */
  void servlet(String path, HttpServlet servlet);

  /** Puts one in, behind those before. */
  void filter(String path, Filter filter, DispatcherType... dispatches);

  /** Tells it of the start. */
  void listener(ServletContextListener listener);

  /** Answers in the place of each error that nobody else has a page for. */
  void errorPage(String path);

  /** A request to a path below the context, without any header yet. */
  HttpRequest.Builder request(String path);

  @Override
  void close();
}
