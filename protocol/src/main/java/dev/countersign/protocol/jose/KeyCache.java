package dev.countersign.protocol.jose;

import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Prepared keys by thumbprint. Two generations: when the young one is full it becomes the old one,
 * and what was old is forgotten, so that strangers' keys can push out but never fill up. Safe for
 * use by many threads, without locks.
 */
final class KeyCache<T> {

  private final int generationSize;
  private final AtomicReference<Generations<T>> generations;

  KeyCache(int generationSize) {
    this.generationSize = generationSize;
    this.generations =
        new AtomicReference<>(
            new Generations<>(new ConcurrentHashMap<>(), new ConcurrentHashMap<>()));
  }

  Optional<T> get(Thumbprint thumbprint) {
    Generations<T> current = generations.get();
    T young = current.young().get(thumbprint);
    if (young != null) {
      return Optional.of(young);
    }
    Optional<T> old = Optional.ofNullable(current.old().get(thumbprint));
    old.ifPresent(key -> put(thumbprint, key));
    return old;
  }

  void put(Thumbprint thumbprint, T key) {
    Generations<T> current = generations.get();
    current.young().put(thumbprint, key);
    if (current.young().size() >= generationSize) {
      generations.compareAndSet(
          current, new Generations<>(new ConcurrentHashMap<>(), current.young()));
    }
  }

  private record Generations<T>(
      ConcurrentMap<Thumbprint, T> young, ConcurrentMap<Thumbprint, T> old) {}
}
