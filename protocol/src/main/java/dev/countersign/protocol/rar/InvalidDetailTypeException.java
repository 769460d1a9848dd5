package dev.countersign.protocol.rar;

import dev.countersign.protocol.json.JsonPointer;
import dev.countersign.protocol.json.OneLine;

/**
 * A file that does not describe a type of authorization details: where, and what is wrong. Both may
 * name what stands in the file; the texts are fit for a line of the log nevertheless.
 */
public final class InvalidDetailTypeException extends Exception {

  private static final long serialVersionUID = 1L;

  /** Our choice: nobody reads on. */
  private static final int LONGEST = 900;

  private final transient JsonPointer where;
  private final String fault;

  /**
   * Says what is wrong.
   *
   * @param where the place in the file
   * @param fault what is wrong there, without the place
   */
  public InvalidDetailTypeException(JsonPointer where, String fault) {
    super(line(where + ": " + fault));
    this.where = where;
    this.fault = line(fault);
  }

  /** The place in the file. */
  public JsonPointer where() {
    return where;
  }

  /** What is wrong there. */
  public String fault() {
    return fault;
  }

  private static String line(String text) {
    String line = OneLine.of(text);
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "...";
  }
}
