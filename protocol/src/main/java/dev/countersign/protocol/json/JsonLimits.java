package dev.countersign.protocol.json;

/**
 * How much JSON is read before it is refused. Our choice: messages of OAuth are small and flat.
 *
 * @param maxBytes the longest text, in bytes, 1 to 16 MiB
 * @param maxDepth the deepest nesting of objects and arrays, the outermost counted, 1 to 64
 */
public record JsonLimits(int maxBytes, int maxDepth) {

  /** 64 KiB and 16 levels. */
  public static final JsonLimits DEFAULT = new JsonLimits(64 * 1024, 16);

  /** Refuses bounds out of range with {@link IllegalArgumentException}. */
  public JsonLimits {
    if (maxBytes < 1 || maxBytes > 16 * 1024 * 1024) {
      throw new IllegalArgumentException("JsonLimits.maxBytes must be 1 to 16 MiB");
    }
    if (maxDepth < 1 || maxDepth > 64) {
      throw new IllegalArgumentException("JsonLimits.maxDepth must be 1 to 64");
    }
  }

  /** The same depth with another size. */
  public JsonLimits withMaxBytes(int bytes) {
    return new JsonLimits(bytes, maxDepth);
  }
}
