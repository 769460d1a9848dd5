package dev.countersign.protocol.refusal;

import dev.countersign.requirement.RequirementId;
import java.util.Optional;
import java.util.Set;

/**
 * Why a message was refused: the rule that it broke and what may be said about it.
 *
 * <p>The description goes over the wire, so it is a constant of ours in the characters that RFC
 * 6749 section 5.2 allows ({@code %x20-21 / %x23-5B / %x5D-7E}). The detail is for the log only.
 */
public sealed interface Refusal {

  /** The requirement that was not met. */
  RequirementId rule();

  /** What the other side may read: 1 to 200 characters, a constant, never input. */
  String description();

  /**
   * What only the log may hold: printable ASCII, at most 300 characters, never a secret. Anything
   * longer is cut, any other character replaced by a question mark.
   */
  Optional<String> detail();

  /** The HTTP status that goes with it, 400 to 503. */
  int status();

  /** The same refusal with {@code detail} for the log, in place of any it had. */
  Refusal withDetail(String detail);

  /**
   * A refusal in the words of OAuth: an error code, and the status that belongs to it.
   *
   * @param error the error code
   * @param rule the requirement that was not met
   * @param description public constant text
   * @param detail for the log only
   */
  record OAuth(OAuthError error, RequirementId rule, String description, Optional<String> detail)
      implements Refusal {

    /** Refuses a description outside the characters and length that may go over the wire. */
    public OAuth {
      RefusalText.checkDescription(description);
      detail = detail.map(RefusalText::clean);
    }

    @Override
    public int status() {
      return error.status();
    }

    @Override
    public OAuth withDetail(String text) {
      return new OAuth(error, rule, description, Optional.of(text));
    }
  }

  /**
   * A refusal below OAuth: the request was not even read as a message of the protocol, so no OAuth
   * error code fits.
   *
   * @param status 400, 401 (a resource without any credentials), 404, 405, 413, 415, 429 or 431
   * @param rule the requirement that was not met
   * @param description public constant text
   * @param detail for the log only
   */
  record Http(int status, RequirementId rule, String description, Optional<String> detail)
      implements Refusal {

    private static final Set<Integer> STATUSES = Set.of(400, 401, 404, 405, 413, 415, 429, 431);

    /** Refuses any other status, and a description that may not go over the wire. */
    public Http {
      if (!STATUSES.contains(status)) {
        throw new IllegalArgumentException(
            "Refusal.Http.status " + status + " is not of " + STATUSES);
      }
      RefusalText.checkDescription(description);
      detail = detail.map(RefusalText::clean);
    }

    @Override
    public Http withDetail(String text) {
      return new Http(status, rule, description, Optional.of(text));
    }
  }

  /** A refusal in the words of OAuth, without detail. */
  static OAuth oauth(OAuthError error, String rule, String description) {
    return new OAuth(error, RequirementId.of(rule), description, Optional.empty());
  }

  /** A refusal below OAuth, without detail. */
  static Http http(int status, String rule, String description) {
    return new Http(status, RequirementId.of(rule), description, Optional.empty());
  }

  /**
   * The detail of a value that is another one than it should be. Long values are cut, each on its
   * own, so that what was expected is still read. Characters are replaced as in {@link #detail},
   * since exceptions that are no refusal have such details, too.
   *
   * @param name what it is the value of
   * @param came what the message holds; never a secret
   * @param expected what would have been right
   */
  static String mismatch(String name, String came, String expected) {
    return RefusalText.clean(
        name + " is " + RefusalText.cut(came) + ", expected " + RefusalText.cut(expected));
  }

  /** As {@link #mismatch(String, String, String)}, of a value that may be missing. */
  static String mismatch(String name, Optional<String> came, String expected) {
    return mismatch(name, came.orElse("missing"), expected);
  }

  /** This refusal as the exception that carries it. */
  default RefusalException exception() {
    return new RefusalException(this);
  }
}
