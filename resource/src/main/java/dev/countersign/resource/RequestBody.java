package dev.countersign.resource;

import dev.countersign.requirement.Enforces;
import java.io.IOException;
import java.io.InputStream;

/**
 * The content of a request, which a {@link ResourceServer} with HTTP signatures reads when all else
 * of the request was found good but whether its token still stands: nobody makes it read who has no
 * token, proof and signature. Asked once for each request at most.
 */
@FunctionalInterface
public interface RequestBody {

  /** The content of a request that has none. */
  RequestBody NONE = () -> new byte[0];

  /**
   * All bytes, as they came: after any transfer coding was removed, and before any content coding
   * is; empty if there are none.
   *
   * @throws RequestTooLargeException when there are more than the host takes: the request is then
   *     refused with 413
   * @throws IOException when they cannot be read; {@link ResourceServer#judge} throws it on
   */
  byte[] read() throws IOException;

  /**
   * The rest of a stream.
   *
   * @param maxBytes so many are taken, this number included
   */
  @Enforces("HS-5.3.1.2-8")
  static RequestBody of(InputStream in, int maxBytes) {
    if (maxBytes < 0) {
      throw new IllegalArgumentException("RequestBody.maxBytes must not be negative");
    }
    return () -> {
      byte[] bytes = in.readNBytes(maxBytes);
      if (bytes.length == maxBytes && in.read() >= 0) {
        throw new RequestTooLargeException(maxBytes);
      }
      return bytes;
    };
  }
}
