package dev.countersign.protocol.rar;

import dev.countersign.protocol.json.JsonPointer;

/** A file that does not describe a type of authorization details: where, and what is wrong. */
public final class InvalidDetailTypeException extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient JsonPointer where;
  private final String fault;

  /**
   * Says what is wrong.
   *
   * @param where the place in the file
   * @param fault what is wrong there, without the place
   */
  public InvalidDetailTypeException(JsonPointer where, String fault) {
    super(where + ": " + fault);
    this.where = where;
    this.fault = fault;
  }

  /** The place in the file. */
  public JsonPointer where() {
    return where;
  }

  /** What is wrong there. */
  public String fault() {
    return fault;
  }
}
