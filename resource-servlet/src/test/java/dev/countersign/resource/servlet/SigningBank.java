package dev.countersign.resource.servlet;

// <sample signing>
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.protocol.resourcerequest.Wanted;
import dev.countersign.resource.ClientSigningKeys;
import dev.countersign.resource.ResourceServer;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.util.EnumSet;

/** Lets only signed requests through to the servlets of a bank, and signs what they answer. */
public final class SigningBank implements ServletContextListener {
  private static final Wanted ACCOUNTS = Wanted.of(Scope.of("accounts"));
  private static final ResourceFilter.Limits LIMITS =
      new ResourceFilter.Limits(64 * 1024, 256 * 1024);

  private final ResourceServer guard;

  /** The guard as before, with the keys of its clients and one of its own. */
  public SigningBank(ResourceServer guard, ClientSigningKeys clients, SigningKey key) {
    this.guard = guard.httpSignatures(clients).signResponses(key);
  }

  @Override
  public void contextInitialized(ServletContextEvent event) {
    FilterRegistration.Dynamic filter =
        event
            .getServletContext()
            .addFilter("guard", new ResourceFilter(guard, request -> ACCOUNTS, LIMITS));
    filter.setAsyncSupported(true);
    filter.addMappingForUrlPatterns(
        EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR),
        false,
        "/*");
  }
}
// </sample signing>
