package dev.countersign.server.details;

/** The templates of all types that there are. */
@FunctionalInterface
public interface ConsentTemplates {

  /** That of a type; for one that there is no more, all members as they came. */
  ConsentTemplate of(String type);
}
