package dev.countersign.resource.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServlet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.ErrorPage;

/** Tomcat, which listens on this machine, without TLS: what a proxy in front speaks to it. */
final class TomcatContainer implements Servlets {
  private final Tomcat tomcat = new Tomcat();
  private final Path directory;
  private final StandardContext context;
  private int servlets;

  private TomcatContainer(boolean suspends) throws IOException {
    directory = Files.createTempDirectory("tomcat");
    tomcat.setBaseDir(directory.toString());
    tomcat.setSilent(true);
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "localhost");
    context = (StandardContext) tomcat.addContext("/bank", directory.toString());
    // It would look into the JDK for that, which it may not.
    context.setClearReferencesRmiTargets(false);
    context.setClearReferencesThreadLocals(false);
    context.setSuspendWrappedResponseAfterForward(suspends);
  }

  /** Started, with the context path {@code /bank} and what a test puts in. */
  static TomcatContainer with(boolean suspends, Consumer<Servlets> content) throws Exception {
    TomcatContainer container = new TomcatContainer(suspends);
    content.accept(container);
    container.tomcat.start();
    return container;
  }

  /** When the context starts, in the order of the calls. */
  private void atStart(Consumer<ServletContext> step) {
    context.addServletContainerInitializer((classes, starting) -> step.accept(starting), Set.of());
  }

  @Override
  public void servlet(String path, HttpServlet servlet) {
    String name = "servlet" + servlets++;
    atStart(
        starting -> {
          ServletRegistration.Dynamic added = starting.addServlet(name, servlet);
          added.setAsyncSupported(true);
          added.addMapping(path);
        });
  }

  @Override
  public void filter(String path, Filter filter, DispatcherType... dispatches) {
    String name = "filter" + servlets++;
    atStart(
        starting -> {
          FilterRegistration.Dynamic added = starting.addFilter(name, filter);
          added.setAsyncSupported(true);
          added.addMappingForUrlPatterns(EnumSet.copyOf(List.of(dispatches)), true, path);
        });
  }

  @Override
  public void listener(ServletContextListener listener) {
    // Here, since one that is added may not add filters.
    atStart(starting -> listener.contextInitialized(new ServletContextEvent(starting)));
  }

  @Override
  public void errorPage(String path) {
    ErrorPage page = new ErrorPage();
    page.setLocation(path);
    context.addErrorPage(page);
  }

  @Override
  public HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(
        URI.create("http://localhost:" + tomcat.getConnector().getLocalPort() + "/bank" + path));
  }

  @Override
  public void close() {
    try {
      tomcat.stop();
      tomcat.destroy();
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    } catch (LifecycleException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
