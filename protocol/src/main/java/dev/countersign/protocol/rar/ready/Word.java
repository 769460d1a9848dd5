package dev.countersign.protocol.rar.ready;

/** One of a few values that a type knows for a member. */
interface Word {
  /** The text in JSON. */
  String value();
}
