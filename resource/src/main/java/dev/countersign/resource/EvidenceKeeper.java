package dev.countersign.resource;

/**
 * Keeps signed answers of introspection, for who must be able to show later what the issuer said. A
 * port: the library stores nothing of them.
 *
 * <p>Used by many threads at once.
 */
@FunctionalInterface
public interface EvidenceKeeper {

  /**
   * Keeps an answer, whether it says that the token is active or not. Called once for each question
   * and before its request is admitted, on the thread of the request.
   *
   * @throws TokenStatusUnavailableException if it cannot be kept; the request is then refused with
   *     503, so that nothing is served of which there is no evidence
   */
  void keep(IntrospectionEvidence evidence);

  /** Keeps nothing. */
  static EvidenceKeeper none() {
    return evidence -> {};
  }
}
