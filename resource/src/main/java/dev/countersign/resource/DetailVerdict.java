package dev.countersign.resource;

import dev.countersign.protocol.rar.AuthorizationDetail;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.requirement.Enforces;

/** Whether something may be done by the details of a token. */
public sealed interface DetailVerdict {

  /**
   * It may be done, now and, where its type says so, only now.
   *
   * @param granted the object that allows it
   */
  record Permitted(AuthorizationDetail granted) implements DetailVerdict {}

  /** It may not be done; {@link ResourceServer#refuse} makes the answer. */
  sealed interface Refused extends DetailVerdict {
    /** What to answer and to log. RFC 9396 has no error of its own for a resource server. */
    Refusal refusal();
  }

  /** Nothing that was granted allows it. */
  record NotGranted() implements Refused {
    @Override
    @Enforces({"RAR-9-1"})
    public Refusal refusal() {
      return Refusal.oauth(
              OAuthError.INSUFFICIENT_SCOPE, "RAR-9-1", "the token does not allow this")
          .withDetail("it is not within the authorization_details of the token");
    }
  }

  /** It was granted, and was done before. */
  record UsedBefore() implements Refused {
    @Override
    @Enforces({"RAR-9-1"})
    public Refusal refusal() {
      return Refusal.oauth(
              OAuthError.INSUFFICIENT_SCOPE, "RAR-9-1", "what the token allows was used before")
          .withDetail("its authorization_details allow it once");
    }
  }
}
