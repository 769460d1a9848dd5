import org.jspecify.annotations.NullMarked;

/** The resource server library. */
@NullMarked
module dev.countersign.resource {
  requires transitive dev.countersign.protocol;
  requires dev.countersign.remote;
  requires org.slf4j;
  requires static org.jspecify;

  exports dev.countersign.resource;
}
