package dev.countersign.resource.servlet;

// <sample filter>
import dev.countersign.protocol.accesstoken.SenderConstraint;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.protocol.resourcerequest.UserAuthentication;
import dev.countersign.protocol.resourcerequest.Wanted;
import dev.countersign.resource.Description;
import dev.countersign.resource.Nonces;
import dev.countersign.resource.PublicUrl;
import dev.countersign.resource.ResourceServer;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.EnumSet;
import java.util.function.Function;

/** Puts the guard in front of every servlet of a bank. */
public final class GuardedBank implements ServletContextListener {
  private static final Scope ACCOUNTS = Scope.of("accounts");
  private static final Scope PAYMENTS = Scope.of("payments");

  private final ResourceServer guard;

  /**
   * The guard of this bank.
   *
   * @param start makes a guard of its settings, as above
   */
  public GuardedBank(Function<ResourceServer.Settings, ResourceServer> start) {
    guard =
        start.apply(
            new ResourceServer.Settings(
                    new Issuer("https://as.example.com"),
                    new ResourceIndicator("https://api.example.com"),
                    PublicUrl.of("https://api.example.com"),
                    new Nonces.Off())
                .taking(SenderConstraint.DPOP, SenderConstraint.MTLS)
                .describedAs(Description.of(Scope.of("accounts", "payments")).named("Bank")));
  }

  @Override
  public void contextInitialized(ServletContextEvent event) {
    FilterRegistration.Dynamic filter =
        event.getServletContext().addFilter("guard", new ResourceFilter(guard, this::wanted));
    filter.setAsyncSupported(true);
    filter.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
  }

  /** Reading wants a scope; paying wants another, and a login of the last five minutes. */
  private Wanted wanted(HttpServletRequest request) {
    return request.getMethod().equals("GET")
        ? Wanted.of(ACCOUNTS)
        : Wanted.of(PAYMENTS).with(UserAuthentication.within(Duration.ofMinutes(5)));
  }
}
// </sample filter>
