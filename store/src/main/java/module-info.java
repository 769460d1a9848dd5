import org.jspecify.annotations.NullMarked;

/** The store port of the authorization server: security operations, each atomic and durable. */
@NullMarked
module dev.countersign.store {
  requires transitive dev.countersign.protocol;
  requires static org.jspecify;

  exports dev.countersign.store;
}
