package dev.countersign.attacker.deployment;

import dev.countersign.protocol.json.OneLine;

/**
 * One thing that is wrong in the target file.
 *
 * @param file the file's name
 * @param line where, from 1; 0 if the file as a whole is meant
 * @param key the path of the key, for instance {@code clients[0].redirect_uri}; may be empty
 * @param fault what is wrong; never the value of a secret
 * @param example a line that would be right; may be empty
 */
public record TargetFault(String file, int line, String key, String fault, String example) {

  /** Keeps on its line what others wrote: the names of files and keys, and what faults cite. */
  public TargetFault {
    file = OneLine.of(file);
    key = OneLine.of(key);
    fault = OneLine.of(fault);
  }

  /** Two lines for a terminal: where and what, then how it would be right. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(file);
    if (line > 0) {
      text.append(':').append(line);
    }
    text.append(": ");
    if (!key.isEmpty()) {
      text.append(key).append(": ");
    }
    text.append(fault);
    if (!example.isEmpty()) {
      text.append("\n    for example: ").append(example);
    }
    return text.toString();
  }
}
