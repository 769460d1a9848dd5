import org.jspecify.annotations.NullMarked;

/** The client library. */
@NullMarked
module dev.countersign.client {
  requires transitive dev.countersign.protocol;
  requires dev.countersign.remote;
  requires org.slf4j;
  requires static org.jspecify;

  exports dev.countersign.client;
}
