package dev.countersign.resource;

import dev.countersign.protocol.accesstoken.AccessTokenVerifier;
import dev.countersign.protocol.accesstoken.VerifiedAccessToken;
import dev.countersign.protocol.dpop.DpopVerifier;
import dev.countersign.protocol.dpop.NoncePolicy;
import dev.countersign.protocol.dpop.VerifiedDpopProof;
import dev.countersign.protocol.http.EndUserPresent;
import dev.countersign.protocol.http.FapiInteractionId;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.protocol.refusal.RefusalException;
import dev.countersign.protocol.resourcerequest.PresentedToken;
import dev.countersign.protocol.resourcerequest.ResourceChallenge;
import dev.countersign.protocol.resourcerequest.ResourceRequestVerifier;
import dev.countersign.protocol.resourcerequest.VerifiedResourceRequest;
import dev.countersign.remote.RemoteException;
import dev.countersign.requirement.Enforces;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
  private static final Pattern AMBIGUOUS_PATH = Pattern.compile("[?#\\\\]|/(\\.|%2[eE]){1,2}(/|$)");

  private final Settings settings;
  private final ResourceRequestVerifier verifier;
  private final IssuerKeys keys;
  private final ProofReplays replays;
  private final InstantSource clock;
  private final Supplier<UUID> interactionIds;

  private ResourceServer(
      Settings settings,
      ResourceRequestVerifier verifier,
      IssuerKeys keys,
      ProofReplays replays,
      InstantSource clock,
      Supplier<UUID> interactionIds) {
    this.settings = settings;
    this.verifier = verifier;
    this.keys = keys;
    this.replays = replays;
    this.clock = clock;
    this.interactionIds = interactionIds;
  }

  /**
   * What a resource server has to know about itself.
   *
   * @param issuer whose tokens it takes
   * @param audience its own identifier, wanted in {@code aud}
   * @param publicUrl how the world addresses it, wanted in {@code htu}
   * @param nonces whether it chooses nonces
   */
  public record Settings(
      Issuer issuer, ResourceIndicator audience, PublicUrl publicUrl, Nonces nonces) {}

  /** A guard by these settings. Nothing is fetched before the first request. */
  public static ResourceServer of(
      Settings settings, Jose jose, IssuerKeys keys, ProofReplays replays, InstantSource clock) {
    NoncePolicy policy =
        switch (settings.nonces()) {
          case Nonces.Off off -> new NoncePolicy.Ignored();
          case Nonces.On on -> new NoncePolicy.Demanded(on.nonces(), true);
        };
    AccessTokenVerifier tokens =
        new AccessTokenVerifier(jose, settings.issuer(), settings.audience().value());
    return new ResourceServer(
        settings,
        new ResourceRequestVerifier(tokens, new DpopVerifier(jose), policy),
        keys,
        replays,
        clock,
        UUID::randomUUID);
  }

  /**
   * Judges a request. Everything is verified before the proof is used up, so that a refused request
   * costs the client nothing. A token is taken from the Authorization header only; the body is not
   * looked at.
   *
   * @param required the scope that this resource wants; {@link Scope#NONE} for none
   */
  @Enforces({"IA-2.2.1-2", "IA-2.2.2-2", "IA-2.2.2-3", "SP-5.3.4-3", "SP-5.3.4-4", "SP-5.3.4-5"})
  public Verdict judge(ResourceRequest request, Scope required) {
    Instant now = clock.instant();
    FapiInteractionId interaction =
        FapiInteractionId.from(request.headers().first(FapiInteractionId.HEADER), interactionIds);
    List<Map.Entry<String, String>> headers = new ArrayList<>();
    headers.add(Map.entry(FapiInteractionId.HEADER, interaction.value().toString()));
    if (settings.nonces() instanceof Nonces.On on) {
      headers.add(Map.entry("DPoP-Nonce", on.nonces().mint(now).value()));
      headers.add(Map.entry("Cache-Control", "no-store"));
    }
    try {
      return new Verdict.Admitted(admit(request, required, now), interaction, headers);
    } catch (RefusalException e) {
      ResourceChallenge challenge = ResourceChallenge.of(e.refusal(), required);
      challenge
          .challenge()
          .ifPresent(value -> headers.add(Map.entry("WWW-Authenticate", value.toHeader())));
      if (settings.nonces() instanceof Nonces.Off) {
        headers.add(Map.entry("Cache-Control", "no-store"));
      }
      return new Verdict.Refused(challenge.status(), e.refusal(), interaction, headers);
    }
  }

  private Access admit(ResourceRequest request, Scope required, Instant now) {
    EndUserPresent present = EndUserPresent.from(request.headers().first(EndUserPresent.HEADER));
    PresentedToken presented = PresentedToken.read(request.headers(), request.query());
    VerifiedAccessToken token = verifier.token(presented, keys(presented), now);
    VerifiedResourceRequest verified =
        verifier.verify(
            token, request.method(), List.of(url(request)), request.headers(), required, now);
    useUp(verified.proof(), now);
    return new Access(token.claims(), present.value());
  }

  private JwkSet keys(PresentedToken presented) {
    try {
      return keys.keysFor(presented.token());
    } catch (RemoteException e) {
      throw refusal(
          OAuthError.TEMPORARILY_UNAVAILABLE,
          "SP-5.3.4-3",
          "the access token cannot be verified at the moment");
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

  /** RFC 9449 section 11.1, after all else was found good. */
  @Enforces({"DP-15", "SP-6.2"})
  private void useUp(VerifiedDpopProof proof, Instant now) {
    requireRemembered(proof);
    boolean fresh;
    try {
      fresh = replays.useOnce(proof.jkt(), proof.jti(), proof.replayableUntil(), now);
    } catch (ProofReplaysUnavailableException e) {
      throw refusal(
          OAuthError.TEMPORARILY_UNAVAILABLE,
          "DP-15",
          "the DPoP proof cannot be verified at the moment");
    }
    if (!fresh) {
      throw refusal(OAuthError.INVALID_DPOP_PROOF, "DP-15", "the DPoP proof was used before");
    }
  }

  /**
   * A proof that a forgetful memory may have seen before it began is not taken. Times of a proof
   * are whole seconds, and so is the comparison.
   */
  @Enforces("DP-15")
  private void requireRemembered(VerifiedDpopProof proof) {
    Instant since = replays.since().truncatedTo(ChronoUnit.SECONDS);
    switch (settings.nonces()) {
      case Nonces.Off off -> {
        // By the client's clock: one that runs ahead by n seconds gains n seconds after a restart.
        // Nonces close that too.
        if (proof.issuedAt().isBefore(since)) {
          throw refusal(
              OAuthError.INVALID_DPOP_PROOF, "DP-15", "the DPoP proof is older than this server");
        }
      }
      case Nonces.On on -> {
        if (proof.usableFrom().isBefore(since)) {
          throw refusal(
              OAuthError.USE_DPOP_NONCE,
              "DP-15",
              "the DPoP proof needs the nonce that comes along");
        }
      }
    }
  }

  private static RefusalException refusal(OAuthError error, String rule, String description) {
    return new RefusalException(Refusal.oauth(error, rule, description));
  }
}
