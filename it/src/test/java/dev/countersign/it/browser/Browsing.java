package dev.countersign.it.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.countersign.testkit.TestTls;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests {@link Visitors} with a browser. The browser is one for all tests; every visitor has
 * cookies and history of its own. After a test nothing may have gone wrong in its pages; of a test
 * that failed pictures are kept.
 */
final class Browsing implements BeforeAllCallback, ParameterResolver, AfterTestExecutionCallback {
  private static final Namespace NAMESPACE = Namespace.create(Browsing.class);

  @Override
  public void beforeAll(ExtensionContext context) {
    boolean found = Chromium.find(System.getenv()).isPresent();
    if (Chromium.isRequired(System.getenv(), System.getProperty("os.name"))) {
      assertThat(found).as(Chromium.MISSING).isTrue();
    }
    assumeTrue(found, Chromium.MISSING);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType().equals(Visitors.class);
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return visitors(context);
  }

  @Override
  public void afterTestExecution(ExtensionContext context) {
    Visitors visitors = visitors(context);
    Optional<Throwable> failure = context.getExecutionException();
    try {
      if (failure.isPresent()) {
        visitors.keepPictures(
            context.getRequiredTestClass().getSimpleName() + "-" + context.getDisplayName());
      } else {
        visitors.requireNoFaults();
      }
    } finally {
      visitors.close();
    }
  }

  private static Visitors visitors(ExtensionContext context) {
    return context
        .getStore(NAMESPACE)
        .computeIfAbsent(Visitors.class, _ -> new Visitors(() -> browser(context)), Visitors.class);
  }

  private static SharedBrowser browser(ExtensionContext context) {
    PublicKey trusted = TestTls.LOCALHOST.certificate().getPublicKey();
    Path executable = Chromium.find(System.getenv()).orElseThrow();
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .computeIfAbsent(
            SharedBrowser.class,
            _ -> SharedBrowser.start(executable, trusted),
            SharedBrowser.class);
  }
}
