package dev.countersign.it.vectors;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Vectors as they are thought of, one after the other. For one thread. */
final class VectorList {
  /** A few seconds after all was signed. */
  static final long NOW = Plan.CREATED + 5;

  private final Scribe scribe;
  private final List<Vector> vectors = new ArrayList<>();

  VectorList(Scribe scribe) {
    this.scribe = scribe;
  }

  Scribe scribe() {
    return scribe;
  }

  List<Vector> all() {
    return List.copyOf(vectors);
  }

  /** Is accepted, signed by this plan. */
  Exchange accept(String name, String about, Exchange exchange, Plan plan) {
    return accept(name, about, NOW, exchange, plan);
  }

  /** Is accepted at that time. */
  Exchange accept(String name, String about, long now, Exchange exchange, Plan plan) {
    Exchange signed = scribe.signed(exchange, plan);
    vectors.add(
        new Vector(
            name,
            about,
            now,
            List.of(plan.key()),
            signed,
            List.of(),
            Optional.of(Scribe.base(exchange, plan))));
    return signed;
  }

  /** Is accepted as it stands. */
  void acceptAsItIs(String name, String about, Exchange signed, String base) {
    vectors.add(
        new Vector(
            name, about, NOW, List.of(VectorKey.ED25519), signed, List.of(), Optional.of(base)));
  }

  /** Is refused, signed by this plan. */
  void refuse(String name, String about, Exchange exchange, Plan plan, String... broken) {
    refuseAsItIs(name, about, scribe.signed(exchange, plan), broken);
  }

  /** Is refused as it stands. */
  void refuseAsItIs(String name, String about, Exchange exchange, String... broken) {
    refuseAt(NOW, name, about, exchange, broken);
  }

  /** Is refused at that time. */
  void refuseAt(long now, String name, String about, Exchange exchange, String... broken) {
    refuse(now, VectorKey.ED25519, name, about, exchange, broken);
  }

  /** Is refused by whoever takes this key for the sender's. */
  void refuseBy(VectorKey key, String name, String about, Exchange exchange, String... broken) {
    refuse(NOW, key, name, about, exchange, broken);
  }

  private void refuse(
      long now, VectorKey key, String name, String about, Exchange exchange, String... broken) {
    vectors.add(
        new Vector(name, about, now, List.of(key), exchange, List.of(broken), Optional.empty()));
  }
}
