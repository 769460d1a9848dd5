package dev.countersign.resource;

import dev.countersign.protocol.http.Headers;
import java.util.Optional;

/**
 * The part of an HTTP request that decides whether it is let through.
 *
 * @param method as sent, case-sensitive
 * @param path the raw path after the public URL's own path, beginning with {@code /}, undecoded
 * @param query the raw query without {@code ?}, undecoded
 * @param headers all header fields
 */
public record ResourceRequest(String method, String path, Optional<String> query, Headers headers) {

  /** Refuses a path that does not begin with a slash. */
  public ResourceRequest {
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException("ResourceRequest.path must begin with /");
    }
  }
}
