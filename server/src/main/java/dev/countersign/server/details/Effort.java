package dev.countersign.server.details;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.rar.AuthorizationDetail;
import dev.countersign.protocol.rar.AuthorizationDetails;
import dev.countersign.requirement.Enforces;
import java.util.List;

/**
 * How much work all objects of one request may make together: steps through schemas, and looks of
 * regular expressions at texts. The operator writes schemas, and clients write what they judge.
 *
 * <p>For one thread.
 */
@Enforces({"RAR-5-1"})
final class Effort {

  /** Our choice: 16 KiB of objects need a part of it. */
  private static final long MOST_STEPS = 500_000;

  /** Our choice: an expression without nested repetition needs a few for each character. */
  private static final int MOST_LOOKS = 2_000_000;

  private final int objects;
  private final long length;
  private int looks;

  private Effort(List<JsonObject> objects) {
    this.objects = Math.max(1, objects.size());
    this.length = Math.max(1, objects.stream().mapToLong(Effort::length).sum());
  }

  /** For all objects of a request. */
  static Effort on(AuthorizationDetails details) {
    return new Effort(details.list().stream().map(AuthorizationDetail::json).toList());
  }

  /** For an object that comes alone. */
  static Effort on(JsonObject object) {
    return new Effort(List.of(object));
  }

  /** The steps of one of the objects: half of them are for all alike, half go by length. */
  long steps(JsonObject object) {
    return MOST_STEPS / 2 / objects + MOST_STEPS / 2 * Math.min(length, length(object)) / length;
  }

  private static long length(JsonObject object) {
    return object.toJson().length();
  }

  /**
   * A regular expression looks at a character.
   *
   * @throws BoundedPatterns.Endless if it was looked too often in this request
   */
  void countLook() {
    if (++looks > MOST_LOOKS) {
      throw new BoundedPatterns.Endless();
    }
  }
}
