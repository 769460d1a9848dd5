package dev.countersign.resource;

import dev.countersign.protocol.accesstoken.AccessTokenClaims;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.protocol.oauth.SecretDigest;
import dev.countersign.protocol.rar.AuthorizationDetail;
import dev.countersign.protocol.rar.AuthorizationDetails;
import dev.countersign.protocol.rar.DetailType;
import dev.countersign.requirement.Enforces;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The details of a token, as they concern one resource server. */
final class GrantedDetails {
  private final AccessTokenClaims token;
  private final ResourceIndicator audience;
  private final Instant now;

  GrantedDetails(AccessTokenClaims token, ResourceIndicator audience, Instant now) {
    this.token = token;
    this.audience = audience;
    this.now = now;
  }

  /** Those that name this resource server, or none. */
  @Enforces({"RAR-9-1"})
  AuthorizationDetails here() {
    return token.authorizationDetails().only(detail -> detail.isFor(audience));
  }

  /** Those of a type that is for this resource server, while they hold. */
  @Enforces({"RAR-9-1"})
  AuthorizationDetails of(DetailType type) {
    return token
        .authorizationDetails()
        .only(
            detail ->
                detail.type().equals(type.name())
                    && type.isFor(detail, audience)
                    && !type.isOver(detail, now));
  }

  /** Those that allow what is wanted. */
  List<AuthorizationDetail> allowing(DetailType type, AuthorizationDetail wanted) {
    return of(type).list().stream().filter(granted -> type.isWithin(wanted, granted)).toList();
  }

  /** The first that allows it and, if it may be used once, was not used. */
  DetailVerdict use(DetailType type, AuthorizationDetail wanted, DetailUses uses) {
    List<AuthorizationDetail> allowing = allowing(type, wanted);
    if (allowing.isEmpty()) {
      return new DetailVerdict.NotGranted();
    }
    return switch (type.use()) {
      case MANY -> new DetailVerdict.Permitted(allowing.getFirst());
      case ONCE -> useOnce(allowing, uses);
    };
  }

  private DetailVerdict useOnce(List<AuthorizationDetail> allowing, DetailUses uses) {
    Optional<String> grant = token.grantHandles().of(audience.value());
    if (grant.isEmpty()) {
      return new DetailVerdict.Unavailable("the token has no handle of its grant for this API");
    }
    try {
      for (AuthorizationDetail granted : allowing) {
        // A handle has no line feed, so that no two pairs give the same text.
        if (uses.useOnce(SecretDigest.of(grant.get() + "\n" + granted.canonical()))) {
          return new DetailVerdict.Permitted(granted);
        }
      }
      return new DetailVerdict.UsedBefore(allowing.getFirst());
    } catch (DetailUsesUnavailableException e) {
      return new DetailVerdict.Unavailable(String.valueOf(e.getMessage()));
    }
  }
}
