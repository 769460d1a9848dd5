import org.jspecify.annotations.NullMarked;

/** The port of atomic security operations. */
@NullMarked
module dev.countersign.store {
  requires transitive dev.countersign.protocol;
  requires static org.jspecify;

  exports dev.countersign.store;
}
