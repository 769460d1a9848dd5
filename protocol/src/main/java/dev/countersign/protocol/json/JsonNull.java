package dev.countersign.protocol.json;

/** The JSON literal {@code null}, as a value that is there. */
enum JsonNull {
  NULL
}
