package dev.countersign.server.par;

/**
 * Keeps signed requests, for who must be able to show later what a client asked for. A kept request
 * names people, accounts and payments: keep it no longer than there is a reason to, and let few
 * read it (Message Signing section 7). Called by many threads at once.
 */
@FunctionalInterface
public interface RequestKeeper {

  /**
   * Keeps a request that was verified and pushed, before its {@code request_uri} is handed out.
   *
   * @throws dev.countersign.store.StoreException if it cannot; the client is answered 503 then, and
   *     never learns the {@code request_uri}
   */
  void keep(SignedRequest request);

  /** Keeps nothing. */
  static RequestKeeper none() {
    return _ -> {};
  }
}
