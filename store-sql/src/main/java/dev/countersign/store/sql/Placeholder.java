package dev.countersign.store.sql;

/** Stands here until the first real type of this module arrives. */
public final class Placeholder {
  private Placeholder() {}

  /** The name of the module. */
  public static String module() {
    return "store-sql";
  }
}
