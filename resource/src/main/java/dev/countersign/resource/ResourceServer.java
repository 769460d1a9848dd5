package dev.countersign.resource;

import dev.countersign.protocol.accesstoken.AccessTokenVerifier;
import dev.countersign.protocol.accesstoken.SenderConstraint;
import dev.countersign.protocol.accesstoken.VerifiedAccessToken;
import dev.countersign.protocol.dpop.DpopVerifier;
import dev.countersign.protocol.dpop.NoncePolicy;
import dev.countersign.protocol.http.Challenge;
import dev.countersign.protocol.http.EndUserPresent;
import dev.countersign.protocol.http.FapiInteractionId;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.metadata.ProtectedResourceMetadata;
import dev.countersign.protocol.metadata.ProtectedResourceMetadataBuilder;
import dev.countersign.protocol.mtls.ClientCertificate;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.protocol.refusal.RefusalException;
import dev.countersign.protocol.resourcerequest.PresentedToken;
import dev.countersign.protocol.resourcerequest.ResourceChallenge;
import dev.countersign.protocol.resourcerequest.ResourceChallenges;
import dev.countersign.protocol.resourcerequest.ResourceRequestVerifier;
import dev.countersign.protocol.resourcerequest.VerifiedPresenter;
import dev.countersign.protocol.resourcerequest.VerifiedResourceRequest;
import dev.countersign.protocol.resourcerequest.Wanted;
import dev.countersign.requirement.Enforces;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * The guard of a protected resource (FAPI 2.0 Security Profile section 5.3.4).
 *
 * <pre>{@code
 * ResourceServer guard =
 *     ResourceServer.of(
 *         new Settings(
 *             new Issuer("https://as.example.com"),
 *             new ResourceIndicator("https://api.example.com"),
 *             PublicUrl.of("https://api.example.com"),
 *             new Nonces.Off()),
 *         Jose.jdk(), keys, new InMemoryProofReplays(clock.instant()), clock);
 * switch (guard.judge(request, Scope.parse("accounts"))) {
 *   case Verdict.Admitted admitted -> serve(admitted.access(), admitted.headers());
 *   case Verdict.Refused refused -> answer(refused.status(), refused.headers());
 * }
 * }</pre>
 *
 * <p>Safe for any number of threads.
 */
public final class ResourceServer {
  private static final Pattern AMBIGUOUS_PATH =
      Pattern.compile("[?#\\\\]|/(\\.|%2[eE]){1,2}(;[^/]*)?(/|$)");

  private final Settings settings;
  private final Optional<PublishedMetadata> metadata;
  private final ResourceChallenges challenges;
  private final TokenReader tokens;
  private final TokenStatus status;
  private final ProofUse proofs;
  private final InstantSource clock;
  private final Supplier<UUID> interactionIds;

  private ResourceServer(
      Settings settings,
      TokenReader tokens,
      TokenStatus status,
      ProofUse proofs,
      InstantSource clock,
      Supplier<UUID> interactionIds) {
    this.settings = settings;
    this.metadata = settings.metadata();
    this.challenges =
        new ResourceChallenges(settings.constraints(), metadata.map(PublishedMetadata::url));
    this.tokens = tokens;
    this.status = status;
    this.proofs = proofs;
    this.clock = clock;
    this.interactionIds = interactionIds;
  }

  /**
   * What a resource server has to know about itself.
   *
   * @param issuer whose tokens it takes
   * @param audience its own identifier, wanted in {@code aud}
   * @param publicUrl how the world addresses it, wanted in {@code htu}
   * @param nonces whether it chooses nonces for DPoP proofs
   * @param constraints how tokens may be bound that it takes; at least one
   * @param description what it tells the world of itself; empty for no metadata. The audience is
   *     then an https URL
   */
  public record Settings(
      Issuer issuer,
      ResourceIndicator audience,
      PublicUrl publicUrl,
      Nonces nonces,
      Set<SenderConstraint> constraints,
      Optional<Description> description) {

    /** Copies the set. */
    public Settings {
      constraints = Set.copyOf(constraints);
    }

    /** A resource server that takes DPoP-bound tokens only and publishes no metadata. */
    public Settings(Issuer issuer, ResourceIndicator audience, PublicUrl publicUrl, Nonces nonces) {
      this(
          issuer, audience, publicUrl, nonces, EnumSet.of(SenderConstraint.DPOP), Optional.empty());
    }

    /** The same, taking tokens that are bound in one of these ways. */
    public Settings taking(SenderConstraint... ways) {
      return new Settings(issuer, audience, publicUrl, nonces, Set.of(ways), description);
    }

    /** The same, publishing metadata. */
    public Settings describedAs(Description words) {
      return new Settings(issuer, audience, publicUrl, nonces, constraints, Optional.of(words));
    }

    @Enforces({"PR-2", "SP-5.3.4-1", "SP-5.3.4-5"})
    private Optional<PublishedMetadata> metadata() {
      return description.map(
          words -> {
            ProtectedResourceMetadataBuilder metadata =
                ProtectedResourceMetadata.builder(URI.create(audience.value()), issuer);
            words.into(metadata);
            for (SenderConstraint constraint : constraints) {
              switch (constraint) {
                case DPOP -> metadata.dpopBoundTokens();
                case MTLS -> metadata.certificateBoundTokens();
              }
            }
            return new PublishedMetadata(metadata.build());
          });
    }
  }

  /**
   * A guard by these settings. Nothing is fetched before the first request, and nobody is asked
   * whether a token still stands: see {@link #asking}.
   */
  public static ResourceServer of(
      Settings settings, Jose jose, IssuerKeys keys, ProofReplays replays, InstantSource clock) {
    NoncePolicy policy =
        switch (settings.nonces()) {
          case Nonces.Off off -> new NoncePolicy.Ignored();
          case Nonces.On on -> new NoncePolicy.Demanded(on.nonces(), true);
        };
    AccessTokenVerifier tokens =
        new AccessTokenVerifier(jose, settings.issuer(), settings.audience().value());
    ResourceRequestVerifier verifier =
        new ResourceRequestVerifier(tokens, new DpopVerifier(jose), policy, settings.constraints());
    return new ResourceServer(
        settings,
        new TokenReader(verifier, keys),
        TokenStatus.untilExpiry(),
        new ProofUse(replays, settings.nonces()),
        clock,
        UUID::randomUUID);
  }

  /**
   * The same guard, asking this at each request whether its token still stands. What is asked may
   * ask on, as {@link Introspection} does, or know by itself, as {@link RevocationFeed} does.
   */
  public ResourceServer asking(TokenStatus tokenStatus) {
    return new ResourceServer(settings, tokens, tokenStatus, proofs, clock, interactionIds);
  }

  /**
   * The same guard, taking opaque tokens beside JWTs: their issuer is asked at each request that
   * brings one with a good proof, or over a connection with a certificate, so that none works after
   * it was revoked. Without this every opaque token is refused. A token that has not the form of
   * those of Countersign ({@link OpaqueTokens#FORM}) is refused, and nobody is asked.
   */
  public ResourceServer takingOpaque(OpaqueTokens opaqueTokens) {
    return takingOpaque(opaqueTokens, OpaqueTokens.FORM);
  }

  /**
   * The same for an issuer whose opaque tokens look otherwise.
   *
   * @param form what all of them match as a whole. A text of three parts with dots between them is
   *     never taken for one: that is a JWT
   */
  public ResourceServer takingOpaque(OpaqueTokens opaqueTokens, Pattern form) {
    return new ResourceServer(
        settings, tokens.with(opaqueTokens, form), status, proofs, clock, interactionIds);
  }

  /**
   * The metadata that the host serves to anybody, without asking for a token; empty where the
   * settings have no description.
   */
  public Optional<PublishedMetadata> metadata() {
    return metadata;
  }

  /**
   * Judges a request to a resource that wants a scope and no particular login.
   *
   * @param required the scope that this resource wants; {@link Scope#NONE} for none
   */
  public Verdict judge(ResourceRequest request, Scope required) {
    return judge(request, Wanted.of(required));
  }

  /**
   * Judges a request. Everything is verified before the proof is used up, so that a refused request
   * costs the client nothing. A token is taken from the Authorization header only; the body is not
   * looked at.
   */
  @Enforces({"IA-2.2.1-2", "IA-2.2.2-2", "IA-2.2.2-3", "SP-5.3.4-3", "SP-5.3.4-4", "SP-5.3.4-5"})
  public Verdict judge(ResourceRequest request, Wanted wanted) {
    Instant now = clock.instant();
    FapiInteractionId interaction =
        FapiInteractionId.from(request.headers().first(FapiInteractionId.HEADER), interactionIds);
    List<Map.Entry<String, String>> headers = new ArrayList<>();
    headers.add(Map.entry(FapiInteractionId.HEADER, interaction.value().toString()));
    boolean noStore = addNonce(headers, now);
    try {
      return new AdmittedRequest(
          admit(request, wanted, now), interaction, headers, challenges, request.headers());
    } catch (RefusalException e) {
      ResourceChallenge answer = challenges.answer(e.refusal(), request.headers(), wanted);
      for (Challenge challenge : answer.challenges()) {
        headers.add(Map.entry(Challenge.HEADER, challenge.toHeader()));
      }
      if (!noStore) {
        headers.add(Map.entry("Cache-Control", "no-store"));
      }
      return new Verdict.Refused(answer.status(), e.refusal(), interaction, headers);
    }
  }

  /** Whether there is one, and the answer so must not be stored. */
  @Enforces({"DP-13"})
  private boolean addNonce(List<Map.Entry<String, String>> headers, Instant now) {
    if (!(settings.nonces() instanceof Nonces.On on)
        || !settings.constraints().contains(SenderConstraint.DPOP)) {
      return false;
    }
    headers.add(Map.entry("DPoP-Nonce", on.nonces().mint(now).value()));
    headers.add(Map.entry("Cache-Control", "no-store"));
    return true;
  }

  private Access admit(ResourceRequest request, Wanted wanted, Instant now) {
    EndUserPresent present = EndUserPresent.from(request.headers().first(EndUserPresent.HEADER));
    PresentedToken presented = PresentedToken.read(request.headers(), request.query());
    VerifiedResourceRequest verified =
        presented.token().isOpaque()
            ? verifiedByAnswer(presented, request, wanted, now)
            : verified(tokens.jwt(presented, now), request, wanted, now);
    requireStanding(verified.token(), now);
    verified.proof().ifPresent(proof -> proofs.useUp(proof, now));
    return new Access(verified.token().claims(), settings.audience(), present.value(), now);
  }

  private VerifiedResourceRequest verified(
      VerifiedAccessToken token, ResourceRequest request, Wanted wanted, Instant now) {
    return tokens
        .verifier()
        .verify(
            token,
            request.method(),
            List.of(url(request)),
            request.headers(),
            ClientCertificate.of(request.clientCertificates()),
            wanted,
            now);
  }

  /** Asks the issuer last, so that each token that is made up costs whoever sends it a proof. */
  private VerifiedResourceRequest verifiedByAnswer(
      PresentedToken presented, ResourceRequest request, Wanted wanted, Instant now) {
    VerifiedPresenter presenter =
        tokens
            .verifier()
            .presenter(
                presented,
                request.method(),
                List.of(url(request)),
                request.headers(),
                ClientCertificate.of(request.clientCertificates()),
                now);
    return tokens
        .verifier()
        .verify(tokens.opaque(presented, presenter, now), presenter, wanted, now);
  }

  /**
   * After all that costs nobody a question, and before the proof is used up. Of an opaque token it
   * was asked when it was read.
   */
  @Enforces({"SP-5.3.4-3"})
  private void requireStanding(VerifiedAccessToken token, Instant now) {
    boolean stands;
    try {
      stands = token.token().isOpaque() || status.stands(token, now);
    } catch (TokenStatusUnavailableException e) {
      throw TokenReader.unavailable();
    }
    if (!stands) {
      throw Refusal.oauth(OAuthError.INVALID_TOKEN, "SP-5.3.4-3", "the access token is not valid")
          .withDetail("it was revoked, or its grant is over")
          .exception();
    }
  }

  /**
   * The URL that the proof must name. A path with dot segments, or with a query hidden in it, is
   * refused: what was signed and what a host serves by that path might be two things.
   */
  @Enforces("DP-4")
  private URI url(ResourceRequest request) {
    if (AMBIGUOUS_PATH.matcher(request.path()).find()) {
      throw refusal(OAuthError.INVALID_REQUEST, "DP-4", "the path of the request is ambiguous");
    }
    try {
      return settings.publicUrl().at(request.path());
    } catch (URISyntaxException e) {
      throw refusal(OAuthError.INVALID_REQUEST, "DP-4", "the path of the request is malformed");
    }
  }

  private static RefusalException refusal(OAuthError error, String rule, String description) {
    return new RefusalException(Refusal.oauth(error, rule, description));
  }
}
