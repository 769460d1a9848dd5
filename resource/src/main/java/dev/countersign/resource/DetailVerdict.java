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

  /** It may not be done; {@link Verdict.Admitted#refuse} makes the answer. */
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

  /**
   * It was granted, and was done before. Whoever sends the same again may have missed the answer:
   * an API that knows what came of it can say so instead.
   *
   * @param granted the object that allowed it
   */
  record UsedBefore(AuthorizationDetail granted) implements Refused {
    @Override
    @Enforces({"RAR-9-1"})
    public Refusal refusal() {
      return Refusal.oauth(
              OAuthError.INSUFFICIENT_SCOPE, "RAR-9-1", "what the token allows was used before")
          .withDetail("its authorization_details allow it once");
    }
  }

  /**
   * It cannot be said whether it was done before, so it must not be done now: 503. Either the
   * memory of uses does not answer, or the token does not name its grant, because its server has no
   * revocation feed, which does not pass by itself.
   *
   * @param why for the log
   */
  record Unavailable(String why) implements Refused {
    @Override
    @Enforces({"RAR-9-1"})
    public Refusal refusal() {
      return Refusal.oauth(
              OAuthError.TEMPORARILY_UNAVAILABLE,
              "RAR-9-1",
              "it cannot be said at the moment whether this was done before")
          .withDetail(why);
    }
  }
}
