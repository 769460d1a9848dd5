package dev.countersign.remote;

import dev.countersign.protocol.json.JsonObject;
import java.net.URI;

/** Fetches JSON documents over {@code https}. */
@FunctionalInterface
public interface JsonFetcher {

  /**
   * The JSON object at the URL.
   *
   * @throws RemoteException if the URL is not {@code https}, the status is not 200 (a redirect is
   *     not followed), a bound is passed, or the content is not one strict JSON object
   */
  JsonObject json(URI https) throws RemoteException;
}
