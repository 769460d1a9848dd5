package dev.countersign.attacker.deployment;

/**
 * A key that the target file may hold, as the code that reads it describes it.
 *
 * @param path where it stands, list positions left out: {@code clients[].redirect_uri}
 * @param absence what holds where it is left out, in words with Markdown
 * @param example a right value as it stands in the file; empty for sections
 * @param meaning what it says, in sentences with Markdown
 */
public record TargetKey(String path, String absence, String example, String meaning) {
  /** The words for a key that must be given. */
  static final String REQUIRED = "required";

  /** The last name of the path. */
  public String name() {
    return path.substring(path.lastIndexOf('.') + 1);
  }
}
