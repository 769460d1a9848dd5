import org.jspecify.annotations.NullMarked;

/**
 * The resource server library: lets through only requests with a valid access token of the
 * configured issuer, meant for this resource, sufficient, and sent by the holder of its key.
 */
@NullMarked
module dev.countersign.resource {
  requires transitive dev.countersign.protocol;
  requires transitive dev.countersign.remote;
  requires org.slf4j;
  requires static org.jspecify;

  exports dev.countersign.resource;
}
