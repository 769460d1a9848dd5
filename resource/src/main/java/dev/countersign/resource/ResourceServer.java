package dev.countersign.resource;

import dev.countersign.protocol.accesstoken.AccessTokenVerifier;
import dev.countersign.protocol.accesstoken.SenderConstraint;
import dev.countersign.protocol.dpop.DpopVerifier;
import dev.countersign.protocol.dpop.NoncePolicy;
import dev.countersign.protocol.http.FapiInteractionId;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.metadata.ProtectedResourceMetadata;
import dev.countersign.protocol.metadata.ProtectedResourceMetadataBuilder;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.protocol.refusal.RefusalException;
import dev.countersign.protocol.resourcerequest.ResourceChallenges;
import dev.countersign.protocol.resourcerequest.ResourceRequestVerifier;
import dev.countersign.protocol.resourcerequest.Wanted;
import dev.countersign.requirement.Enforces;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

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
  private static final Pattern FIELD = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,128}");

  private final Settings settings;
  private final Optional<PublishedKeys> keys;
  private final Optional<PublishedMetadata> metadata;
  private final ResourceChallenges challenges;
  private final Admission admission;
  private final InstantSource clock;

  private ResourceServer(Settings settings, Admission admission, InstantSource clock) {
    this.settings = settings;
    this.keys = admission.signatures().published(settings.audience(), settings.publicUrl());
    this.metadata = settings.metadata(keys, admission.signatures());
    this.challenges =
        new ResourceChallenges(settings.constraints(), metadata.map(PublishedMetadata::url));
    this.admission = admission;
    this.clock = clock;
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
    private Optional<PublishedMetadata> metadata(
        Optional<PublishedKeys> keys, HttpSignatures signatures) {
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
            keys.ifPresent(
                published ->
                    metadata.signsResponses(published.url(), signatures.responseAlgorithms()));
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
        new Admission(
            settings.publicUrl(),
            settings.audience(),
            new TokenReader(verifier, keys),
            TokenStatus.untilExpiry(),
            new ProofUse(replays, settings.nonces()),
            HttpSignatures.off(jose)),
        clock);
  }

  /**
   * The same guard, asking this at each request whether its token still stands. What is asked may
   * ask on, as {@link Introspection} does, or know by itself, as {@link RevocationFeed} does.
   */
  public ResourceServer asking(TokenStatus tokenStatus) {
    return new ResourceServer(settings, admission.with(tokenStatus), clock);
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
        settings, admission.with(admission.tokens().with(opaqueTokens, form)), clock);
  }

  /**
   * The same guard, taking only requests that are signed (FAPI 2.0 HTTP Signatures section 5.3.1)
   * by a key of the client that their token was issued to, and whose content has the digest that
   * was signed. Requests are then judged with their content: see {@link #judge(ResourceRequest,
   * Wanted, RequestBody)}. A signature whose token a certificate binds admits one request; {@link
   * ProofReplays} remembers it. With {@link #signResponses(ResponseKeys)} each of the two sides can
   * show later what the other one said, if it keeps that ({@link
   * Verdict.Admitted#requestSignature}); alone, it is the client that cannot deny.
   */
  @Enforces({"HS-5.3.1.2-2", "HS-5.3.1.2-3"})
  public ResourceServer httpSignatures(ClientSigningKeys clients) {
    return with(admission.signatures().demandingOf(clients));
  }

  /** As {@link #signResponses(ResponseKeys)}, by one key that is published at the usual place. */
  public ResourceServer signResponses(SigningKey key) {
    return signResponses(ResponseKeys.of(key));
  }

  /**
   * The same guard, signing its refusals, and the answers of who admits requests by {@link
   * Verdict.Admitted#sign} (FAPI 2.0 HTTP Signatures section 5.3.2). Also here requests are judged
   * with their content: a response is linked to the digest of its request, which so is checked
   * where there is one. Alone, it says what was answered to a request that anybody with the token
   * may have made up.
   *
   * @param keys published as {@link #publishedKeys} says, and named in the metadata
   */
  @Enforces({"HS-5.3.2.1-1"})
  public ResourceServer signResponses(ResponseKeys keys) {
    return signResponses(keys, List.of());
  }

  /**
   * The same, signing more fields. Beside what the profile demands, these are signed where an
   * answer has them: {@code Content-Type}, {@code -Encoding}, {@code -Language}, {@code -Location}
   * and {@code -Range}, {@code ETag}, {@code Last-Modified}, {@code Link}, {@code Location}, {@code
   * Retry-After}, {@code WWW-Authenticate} and {@code DPoP-Nonce}. Whoever stands in between may
   * add or change any other.
   *
   * @param fields names of further fields that matter to this API; signed where an answer has them
   * @throws IllegalArgumentException for what is no name of a field
   */
  @Enforces({"HS-5.3.2.1-1", "HS-5.3.2.1-N"})
  public ResourceServer signResponses(ResponseKeys keys, List<String> fields) {
    for (String field : fields) {
      if (!FIELD.matcher(field).matches()) {
        throw new IllegalArgumentException(
            "a field that is signed must have a name, for example X-Payment-Id (HS-5.3.2.1-N)");
      }
    }
    return with(admission.signatures().signingBy(keys, fields));
  }

  private ResourceServer with(HttpSignatures signatures) {
    return new ResourceServer(settings, admission.with(signatures), clock);
  }

  /**
   * The keys of {@link #signResponses}, which the host serves to anybody, without asking for a
   * token, unless they are at another host than {@link Settings#publicUrl}; empty where it signs
   * nothing, or where it was not said where they are and the identifier of the resource server is
   * no https URL.
   */
  public Optional<PublishedKeys> publishedKeys() {
    return keys;
  }

  /**
   * The metadata that the host serves to anybody, without asking for a token; empty where the
   * settings have no description.
   */
  public Optional<PublishedMetadata> metadata() {
    return metadata;
  }

  /**
   * The document that a request asks for, of {@link #metadata} and {@link #publishedKeys}: it is
   * served as it is, whoever asks. Empty if the request is for something else, which is judged.
   *
   * @param path the whole raw path, undecoded
   * @param query the raw query without {@code ?}, undecoded
   */
  public Optional<PublishedDocument> published(String path, Optional<String> query) {
    return Stream.<Optional<? extends PublishedDocument>>of(metadata, keys)
        .flatMap(Optional::stream)
        .filter(document -> document.isAt(path, query))
        .<PublishedDocument>map(document -> document)
        .findFirst();
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
   *
   * @throws IllegalStateException when this guard has {@link #httpSignatures} or {@link
   *     #signResponses}: it must be given the content, too
   */
  public Verdict judge(ResourceRequest request, Wanted wanted) {
    if (admission.signatures().wantContent()) {
      throw new IllegalStateException(
          "ResourceServer has HTTP signatures: judge the request with its body (HS-5.3.1.2-8)");
    }
    try {
      return judge(request, wanted, RequestBody.NONE);
    } catch (IOException e) {
      throw new UncheckedIOException("nothing was read", e);
    }
  }

  /**
   * Judges a request with its content. The content is read only where there are {@link
   * #httpSignatures} or {@link #signResponses}, and only when all else was found good but whether
   * the token still stands; {@link Verdict.Admitted#body} then has it, and nothing else is to be
   * taken for it.
   *
   * @throws IOException when the content cannot be read; then there is nobody to answer to
   */
  @Enforces({"IA-2.2.1-2", "IA-2.2.2-2", "IA-2.2.2-3", "SP-5.3.4-3", "SP-5.3.4-4", "SP-5.3.4-5"})
  public Verdict judge(ResourceRequest request, Wanted wanted, RequestBody body)
      throws IOException {
    Instant now = clock.instant();
    FapiInteractionId interaction =
        FapiInteractionId.from(request.headers().first(FapiInteractionId.HEADER), UUID::randomUUID);
    List<Map.Entry<String, String>> headers = new ArrayList<>();
    headers.add(Map.entry(FapiInteractionId.HEADER, interaction.value().toString()));
    addNonce(headers, now);
    AnswerSigner signer = admission.signatures().signer(request, settings.publicUrl(), clock);
    Answers answers = new Answers(interaction, headers, challenges, request.headers(), signer);
    try {
      return admission.admit(request, wanted, body, answers, now);
    } catch (RefusalException e) {
      return answers.refusal(e.refusal(), wanted);
    }
  }

  /** An answer that has one must not be stored. */
  @Enforces({"DP-13"})
  private void addNonce(List<Map.Entry<String, String>> headers, Instant now) {
    if (settings.nonces() instanceof Nonces.On on
        && settings.constraints().contains(SenderConstraint.DPOP)) {
      headers.add(Map.entry("DPoP-Nonce", on.nonces().mint(now).value()));
      headers.add(Map.entry("Cache-Control", "no-store"));
    }
  }
}
