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
    return new FlowRequest(
        Scope.of(scope.split(" ", -1)),
        List.of(),
        Set.of(),
        Optional.empty(),
        List.of(),
        false,
        Optional.empty(),
        Optional.empty(),
        AuthorizationDetails.NONE,
        Optional.empty());
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
    return new FlowRequest(
        Scope.NONE,
        List.of(),
        Set.of(),
        Optional.empty(),
        List.of(),
        false,
        Optional.empty(),
        Optional.empty(),
        details,
        Optional.empty());
  }

  /** The same, for a token that is usable there. */
  public FlowRequest withResources(List<ResourceIndicator> wanted) {
    return new FlowRequest(
        scope,
        wanted,
        prompt,
        maxAge,
        acrValues,
        acrRequired,
        loginHint,
        uiLocales,
        authorizationDetails,
        grantManagement);
  }

  /** The same, with what the person must or must not be asked. */
  public FlowRequest withPrompt(Set<Prompt> wanted) {
    return new FlowRequest(
        scope,
        resources,
        wanted,
        maxAge,
        acrValues,
        acrRequired,
        loginHint,
        uiLocales,
        authorizationDetails,
        grantManagement);
  }

  /** The same, for a person who logged in at most so long ago. */
  public FlowRequest withMaxAge(Duration wanted) {
    return new FlowRequest(
        scope,
        resources,
        prompt,
        Optional.of(wanted),
        acrValues,
        acrRequired,
        loginHint,
        uiLocales,
        authorizationDetails,
        grantManagement);
  }

  /** The same, with wished authentication contexts, the best first. */
  public FlowRequest withAcrValues(List<String> wanted) {
    return new FlowRequest(
        scope,
        resources,
        prompt,
        maxAge,
        wanted,
        false,
        loginHint,
        uiLocales,
        authorizationDetails,
        grantManagement);
  }

  /** The same, with authentication contexts one of which is needed, the best first. */
  public FlowRequest withRequiredAcr(List<String> needed) {
    return new FlowRequest(
        scope,
        resources,
        prompt,
        maxAge,
        needed,
        true,
        loginHint,
        uiLocales,
        authorizationDetails,
        grantManagement);
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
    return new FlowRequest(
        scope,
        resources,
        prompt,
        maxAge,
        acrValues,
        acrRequired,
        Optional.of(hint),
        uiLocales,
        authorizationDetails,
        grantManagement);
  }

  /** The same, with wished languages (BCP 47), space-separated. */
  public FlowRequest withUiLocales(String wanted) {
    return new FlowRequest(
        scope,
        resources,
        prompt,
        maxAge,
        acrValues,
        acrRequired,
        loginHint,
        Optional.of(wanted),
        authorizationDetails,
        grantManagement);
  }

  /** The same, asking for these details beside the scope. */
  @Enforces({"RAR-2-1", "RAR-11.4", "RAR-12-1"})
  public FlowRequest withAuthorizationDetails(AuthorizationDetails wanted) {
    return new FlowRequest(
        scope,
        resources,
        prompt,
        maxAge,
        acrValues,
        acrRequired,
        loginHint,
        uiLocales,
        wanted,
        grantManagement);
  }

  /**
   * The same, saying what shall become of which grant. To get new tokens for a grant that is there,
   * ask for all of it again with {@link GrantManagement#merge}.
   */
  @Enforces({"GM-5.2-1", "GM-5.2-2", "GM-3.7"})
  public FlowRequest withGrantManagement(GrantManagement wanted) {
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
        Optional.of(wanted));
  }
}
