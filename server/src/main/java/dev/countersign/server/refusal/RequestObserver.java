package dev.countersign.server.refusal;

/** Told of every request that was answered. Called by many threads at once; must not block. */
@FunctionalInterface
public interface RequestObserver {

  /** On the thread of the request, before its answer is on the wire. Must not throw. */
  void finished(FinishedRequest request);
}
