package dev.countersign.client;

import dev.countersign.protocol.authorization.Prompt;
import dev.countersign.protocol.grants.GrantManagement;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.protocol.rar.AuthorizationDetails;
import dev.countersign.requirement.Enforces;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What a flow shall ask for. There is no default scope: ask for the least that is needed.
 *
 * @param scope what is asked for; with {@code openid} the person's identity too
 * @param resources where the access token shall be usable (RFC 8707); empty leaves it to the server
 * @param prompt what the person must or must not be asked
 * @param maxAge how long ago the person may have logged in, whole seconds; the ID token is refused
 *     if it was longer ago
 * @param acrValues authentication contexts, the best first
 * @param acrRequired whether one of them is needed: an ID token with another {@code acr}, or none,
 *     is refused. Otherwise they are a wish, and the server may log the person in by another one
 *     (OpenID Connect Core section 3.1.2.1)
 * @param loginHint who will probably log in
 * @param uiLocales wished languages, space-separated
 * @param authorizationDetails what is asked for beside the scope, in the words of its types (RFC
 *     9396); the server may put into it what the person chose
 * @param grantManagement what shall become of which grant (Grant Management for OAuth 2.0), for a
 *     server that has it
 */
@Enforces("SP-5.3.3.1-13")
public record FlowRequest(
    Scope scope,
    List<ResourceIndicator> resources,
    Set<Prompt> prompt,
    Optional<Duration> maxAge,
    List<String> acrValues,
    boolean acrRequired,
    Optional<String> loginHint,
    Optional<String> uiLocales,
    AuthorizationDetails authorizationDetails,
    Optional<GrantManagement> grantManagement) {

  /** Copies. Refuses that one of no contexts is needed, with {@link IllegalArgumentException}. */
  public FlowRequest {
    resources = List.copyOf(resources);
    prompt = Set.copyOf(prompt);
    acrValues = List.copyOf(acrValues);
    if (acrRequired && acrValues.isEmpty()) {
      throw new IllegalArgumentException("acrValues must name what is required");
    }
  }

  /**
   * A request for these scopes and nothing else.
   *
   * @param scope scope tokens with one space between them; anything else is refused with {@link
   *     IllegalArgumentException}
   */
  public static FlowRequest of(String scope) {
    return new Draft(Scope.of(scope.split(" ", -1))).request();
  }

  /**
   * A request for these details and no scope.
   *
   * @param details at least one, otherwise {@link IllegalArgumentException}
   */
  public static FlowRequest of(AuthorizationDetails details) {
    if (details.isEmpty()) {
      throw new IllegalArgumentException("the details must be at least one object");
    }
    return new Draft(Scope.NONE).request().withAuthorizationDetails(details);
  }

  /** The same, for a token that is usable there. */
  public FlowRequest withResources(List<ResourceIndicator> wanted) {
    return with(draft -> draft.resources = wanted);
  }

  /** The same, with what the person must or must not be asked. */
  public FlowRequest withPrompt(Set<Prompt> wanted) {
    return with(draft -> draft.prompt = wanted);
  }

  /** The same, for a person who logged in at most so long ago. */
  public FlowRequest withMaxAge(Duration wanted) {
    return with(draft -> draft.maxAge = Optional.of(wanted));
  }

  /** The same, with wished authentication contexts, the best first. */
  public FlowRequest withAcrValues(List<String> wanted) {
    return with(
        draft -> {
          draft.acrValues = wanted;
          draft.acrRequired = false;
        });
  }

  /** The same, with authentication contexts one of which is needed, the best first. */
  public FlowRequest withRequiredAcr(List<String> needed) {
    return with(
        draft -> {
          draft.acrValues = needed;
          draft.acrRequired = true;
        });
  }

  /**
   * The same, for the login that a resource server demands ({@link ResourceResponse#stepUp}), and
   * no weaker one than is asked for already: the younger age counts, and of the authentication
   * contexts that are demanded those that are needed here too. If none is in both, the demanded
   * ones count. The scope stays: whether to ask for more is for the application to say.
   */
  @Enforces("SU-2")
  public FlowRequest withStepUp(StepUp demanded) {
    FlowRequest aged =
        demanded
            .maxAge()
            .filter(age -> maxAge.isEmpty() || age.compareTo(maxAge.get()) < 0)
            .map(this::withMaxAge)
            .orElse(this);
    if (demanded.acrValues().isEmpty()) {
      return aged;
    }
    List<String> both =
        demanded.acrValues().stream()
            .filter(acr -> acrRequired && acrValues.contains(acr))
            .toList();
    return aged.withRequiredAcr(both.isEmpty() ? demanded.acrValues() : both);
  }

  /** The same, with who will probably log in. */
  public FlowRequest withLoginHint(String hint) {
    return with(draft -> draft.loginHint = Optional.of(hint));
  }

  /** The same, with wished languages (BCP 47), space-separated. */
  public FlowRequest withUiLocales(String wanted) {
    return with(draft -> draft.uiLocales = Optional.of(wanted));
  }

  /** The same, asking for these details beside the scope. */
  @Enforces({"RAR-2-1", "RAR-11.4", "RAR-12-1"})
  public FlowRequest withAuthorizationDetails(AuthorizationDetails wanted) {
    return with(draft -> draft.authorizationDetails = wanted);
  }

  /**
   * The same, saying what shall become of which grant. To get new tokens for a grant that is there,
   * ask for all of it again with {@link GrantManagement#merge}.
   */
  @Enforces({"GM-5.2-1", "GM-5.2-2", "GM-3.7"})
  public FlowRequest withGrantManagement(GrantManagement wanted) {
    return with(draft -> draft.grantManagement = Optional.of(wanted));
  }

  private FlowRequest with(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return draft.request();
  }

  /** A request while parts of it are said; for one thread. */
  private static final class Draft {
    private final Scope scope;
    private List<ResourceIndicator> resources = List.of();
    private Set<Prompt> prompt = Set.of();
    private Optional<Duration> maxAge = Optional.empty();
    private List<String> acrValues = List.of();
    private boolean acrRequired;
    private Optional<String> loginHint = Optional.empty();
    private Optional<String> uiLocales = Optional.empty();
    private AuthorizationDetails authorizationDetails = AuthorizationDetails.NONE;
    private Optional<GrantManagement> grantManagement = Optional.empty();

    Draft(Scope scope) {
      this.scope = scope;
    }

    Draft(FlowRequest request) {
      this(request.scope);
      resources = request.resources;
      prompt = request.prompt;
      maxAge = request.maxAge;
      acrValues = request.acrValues;
      acrRequired = request.acrRequired;
      loginHint = request.loginHint;
      uiLocales = request.uiLocales;
      authorizationDetails = request.authorizationDetails;
      grantManagement = request.grantManagement;
    }

    FlowRequest request() {
      return new FlowRequest(
          scope,
          resources,
          prompt,
          maxAge,
          acrValues,
          acrRequired,
          loginHint,
          uiLocales,
          authorizationDetails,
          grantManagement);
    }
  }
}
