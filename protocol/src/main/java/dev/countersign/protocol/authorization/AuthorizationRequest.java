package dev.countersign.protocol.authorization;

import dev.countersign.protocol.grants.GrantManagement;
import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.jose.Thumbprint;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.Nonce;
import dev.countersign.protocol.oauth.RedirectUri;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.protocol.oauth.State;
import dev.countersign.protocol.oauth.Subject;
import dev.countersign.protocol.pkce.CodeChallenge;
import dev.countersign.protocol.rar.AuthorizationDetails;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.protocol.refusal.RefusalException;
import dev.countersign.requirement.Enforces;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a client asks for by the code flow. Response type {@code code} and PKCE method {@code S256}
 * are not members because there is no other value.
 *
 * @param clientId who asks
 * @param redirectUri where the answer goes; always given (SP-5.3.2.2-6)
 * @param scope what is asked for; may be empty
 * @param codeChallenge the PKCE challenge
 * @param state returned unchanged, if given
 * @param nonce put into the ID token unchanged, if given
 * @param resources where the access token shall be usable (RFC 8707), each once; empty leaves it to
 *     the server
 * @param dpopJkt thumbprint of the key the code is bound to (RFC 9449 section 10)
 * @param prompt what the person must or may not be asked; {@link Prompt#NONE} stands alone
 * @param maxAge how long ago the person may have logged in; whole seconds, zero or more
 * @param acrValues authentication contexts of which one is needed, the best first; see {@link
 *     #allows}
 * @param loginHint who will probably log in
 * @param uiLocales wished languages, space-separated
 * @param claims claims asked for one by one
 * @param authorizationDetails what is asked for beside the scope (RFC 9396)
 * @param grantManagement what shall become of which grant
 * @param responseMode how the answer travels
 */
public record AuthorizationRequest(
    ClientId clientId,
    RedirectUri redirectUri,
    Scope scope,
    CodeChallenge codeChallenge,
    Optional<State> state,
    Optional<Nonce> nonce,
    List<ResourceIndicator> resources,
    Optional<Thumbprint> dpopJkt,
    Set<Prompt> prompt,
    Optional<Duration> maxAge,
    List<String> acrValues,
    Optional<String> loginHint,
    Optional<String> uiLocales,
    Optional<ClaimsRequest> claims,
    AuthorizationDetails authorizationDetails,
    Optional<GrantManagement> grantManagement,
    ResponseMode responseMode) {

  private static final Pattern ACR = Pattern.compile("[\\x21-\\x7E]{1,255}");
  // Bounds of our own: what a store must keep and a page may have to show.
  static final int MAX_RESOURCES = 16;
  static final int MAX_ACR_VALUES = 16;
  static final int MAX_HINT = 1024;
  static final int MAX_CLAIMS = 8192;
  static final Duration MAX_AGE = Duration.ofSeconds(999_999_999);

  /**
   * Copies and checks what the component types do not check themselves; a fault is an {@link
   * IllegalArgumentException}.
   */
  public AuthorizationRequest {
    resources = resources.stream().distinct().toList();
    prompt = prompt.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(prompt));
    acrValues = acrValues.stream().distinct().toList();
    if (prompt.contains(Prompt.NONE) && prompt.size() > 1) {
      throw new IllegalArgumentException(
          "AuthorizationRequest.prompt must not have another value with none (OA-14)");
    }
    if (maxAge.isPresent() && !isGood(maxAge.get())) {
      throw new IllegalArgumentException(
          "AuthorizationRequest.maxAge must be whole seconds, 0 to 999999999 (OA-15)");
    }
    if (acrValues.size() > MAX_ACR_VALUES
        || !acrValues.stream().allMatch(acr -> ACR.matcher(acr).matches())) {
      throw new IllegalArgumentException(
          "AuthorizationRequest.acrValues must be at most 16, each 1 to 255 visible ASCII (OA-16)");
    }
    if (resources.size() > MAX_RESOURCES) {
      throw new IllegalArgumentException(
          "AuthorizationRequest.resources must be at most 16 (OA-11)");
    }
    requireText("loginHint", loginHint, MAX_HINT);
    requireText("uiLocales", uiLocales, MAX_HINT);
    requireText("claims", claims.map(ClaimsRequest::toJson), MAX_CLAIMS);
  }

  private static boolean isGood(Duration maxAge) {
    return !maxAge.isNegative() && maxAge.toNanosPart() == 0 && maxAge.compareTo(MAX_AGE) <= 0;
  }

  private static void requireText(String name, Optional<String> text, int longest) {
    boolean good =
        text.isEmpty()
            || (!text.get().isEmpty()
                && text.get().length() <= longest
                && !text.get().contains("\0"));
    if (!good) {
      throw new IllegalArgumentException(
          "AuthorizationRequest."
              + name
              + " must be 1 to "
              + longest
              + " characters, no NUL (PAR-4)");
    }
  }

  /**
   * The request a client pushed. Whatever can be refused by looking at the message is refused here,
   * with the code that RFC 9126 section 2.3 gives it.
   *
   * @param form the body of the request, with or without the parameters of client authentication
   * @param authenticated the client that proved who it is
   */
  @Enforces({"PAR-4", "PAR-7"})
  public static AuthorizationRequest read(Form form, ClientId authenticated) {
    return AuthorizationRequestReader.read(form, authenticated);
  }

  /** The same request, its code bound to the key with this thumbprint (RFC 9449 section 10.1). */
  public AuthorizationRequest withDpopJkt(Thumbprint jkt) {
    return new AuthorizationRequest(
        clientId,
        redirectUri,
        scope,
        codeChallenge,
        state,
        nonce,
        resources,
        Optional.of(jkt),
        prompt,
        maxAge,
        acrValues,
        loginHint,
        uiLocales,
        claims,
        authorizationDetails,
        grantManagement,
        responseMode);
  }

  /**
   * The same request, to be answered about this person alone; whoever is logged in or logs in, the
   * answer is about nobody else (OpenID Connect Core section 3.1.2.2).
   *
   * @throws RefusalException {@code invalid_request} if its claims want another person, or are so
   *     many that this one has no room
   */
  @Enforces({"OA-18"})
  public AuthorizationRequest about(Subject person) {
    try {
      return withClaims(claims.orElse(ClaimsRequest.NONE).about(person));
    } catch (IllegalArgumentException e) {
      throw Refusal.oauth(
              OAuthError.INVALID_REQUEST, "OA-18", "id_token_hint does not go with claims")
          .withDetail(String.valueOf(e.getMessage()))
          .exception();
    }
  }

  private AuthorizationRequest withClaims(ClaimsRequest wanted) {
    return new AuthorizationRequest(
        clientId,
        redirectUri,
        scope,
        codeChallenge,
        state,
        nonce,
        resources,
        dpopJkt,
        prompt,
        maxAge,
        acrValues,
        loginHint,
        uiLocales,
        Optional.of(wanted),
        authorizationDetails,
        grantManagement,
        responseMode);
  }

  /**
   * Whether a login of this {@code acr} is strong enough: it is one of {@code acr_values}, if there
   * are any, and meets each essential {@code acr} of the claims. OpenID Connect calls {@code
   * acr_values} a wish; RFC 9470 section 5 has the server need one of them, because a client that
   * was challenged for it by a resource would only be challenged again.
   *
   * @param acr what the login says of itself; empty: nothing, which is none of the values
   */
  @Enforces({"SU-2", "OA-16"})
  public boolean allows(Optional<String> acr) {
    boolean one = acrValues.isEmpty() || acr.filter(acrValues::contains).isPresent();
    return one && claims.map(demands -> demands.allows(acr)).orElse(true);
  }

  /** A request with what every one has; the rest is absent until it is set. */
  public static Builder builder(
      ClientId clientId, RedirectUri redirectUri, CodeChallenge codeChallenge) {
    return new Builder(clientId, redirectUri, codeChallenge);
  }

  /**
   * The parameters to push. Nothing is lost: {@link #read} of them gives an equal request. They
   * hold no client authentication.
   */
  @Enforces({"SP-5.3.3.2-1", "SP-5.3.3.2-3", "SP-5.3.2.2-6"})
  public Form toForm() {
    return AuthorizationRequestWriter.write(this);
  }

  /** Collects an {@link AuthorizationRequest}. For one thread. */
  public static final class Builder {

    private final ClientId clientId;
    private final RedirectUri redirectUri;
    private final CodeChallenge codeChallenge;
    private Scope scope = Scope.NONE;
    private Optional<State> state = Optional.empty();
    private Optional<Nonce> nonce = Optional.empty();
    private List<ResourceIndicator> resources = List.of();
    private Optional<Thumbprint> dpopJkt = Optional.empty();
    private Set<Prompt> prompt = Set.of();
    private Optional<Duration> maxAge = Optional.empty();
    private List<String> acrValues = List.of();
    private Optional<String> loginHint = Optional.empty();
    private Optional<String> uiLocales = Optional.empty();
    private Optional<ClaimsRequest> claims = Optional.empty();
    private AuthorizationDetails authorizationDetails = AuthorizationDetails.NONE;
    private Optional<GrantManagement> grantManagement = Optional.empty();
    private ResponseMode responseMode = ResponseMode.QUERY;

    private Builder(ClientId clientId, RedirectUri redirectUri, CodeChallenge codeChallenge) {
      this.clientId = clientId;
      this.redirectUri = redirectUri;
      this.codeChallenge = codeChallenge;
    }

    /** What is asked for. */
    public Builder scope(Scope scope) {
      this.scope = scope;
      return this;
    }

    /** What comes back unchanged with the answer. */
    public Builder state(State state) {
      this.state = Optional.of(state);
      return this;
    }

    /** What comes back unchanged in the ID token. */
    public Builder nonce(Nonce nonce) {
      this.nonce = Optional.of(nonce);
      return this;
    }

    /** Where the access token shall be usable. */
    public Builder resources(List<ResourceIndicator> resources) {
      this.resources = List.copyOf(resources);
      return this;
    }

    /** The key the code is bound to. */
    public Builder dpopJkt(Thumbprint dpopJkt) {
      this.dpopJkt = Optional.of(dpopJkt);
      return this;
    }

    /** What the person must or may not be asked. */
    public Builder prompt(Set<Prompt> prompt) {
      this.prompt = Set.copyOf(prompt);
      return this;
    }

    /** How long ago the person may have logged in, whole seconds. */
    public Builder maxAge(Duration maxAge) {
      this.maxAge = Optional.of(maxAge);
      return this;
    }

    /** Authentication contexts of which one is needed, the best first. */
    public Builder acrValues(List<String> acrValues) {
      this.acrValues = List.copyOf(acrValues);
      return this;
    }

    /** Who will probably log in. */
    public Builder loginHint(String loginHint) {
      this.loginHint = Optional.of(loginHint);
      return this;
    }

    /** Wished languages, space-separated (BCP 47). */
    public Builder uiLocales(String uiLocales) {
      this.uiLocales = Optional.of(uiLocales);
      return this;
    }

    /** Claims asked for one by one. */
    public Builder claims(ClaimsRequest claims) {
      this.claims = Optional.of(claims);
      return this;
    }

    /** What is asked for beside the scope. */
    public Builder authorizationDetails(AuthorizationDetails authorizationDetails) {
      this.authorizationDetails = authorizationDetails;
      return this;
    }

    /** What shall become of which grant. */
    public Builder grantManagement(GrantManagement grantManagement) {
      this.grantManagement = Optional.of(grantManagement);
      return this;
    }

    /** How the answer travels; by default in the query as it is. */
    public Builder responseMode(ResponseMode responseMode) {
      this.responseMode = responseMode;
      return this;
    }

    /** The request; refuses what its constructor refuses. */
    public AuthorizationRequest build() {
      return new AuthorizationRequest(
          clientId,
          redirectUri,
          scope,
          codeChallenge,
          state,
          nonce,
          resources,
          dpopJkt,
          prompt,
          maxAge,
          acrValues,
          loginHint,
          uiLocales,
          claims,
          authorizationDetails,
          grantManagement,
          responseMode);
    }
  }
}
