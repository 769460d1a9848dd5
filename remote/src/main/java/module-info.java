import org.jspecify.annotations.NullMarked;

/** Calls to other parties over HTTPS, with limits. */
@NullMarked
module dev.countersign.remote {
  requires transitive dev.countersign.protocol;
  requires transitive java.net.http;
  requires org.slf4j;
  requires static org.jspecify;

  exports dev.countersign.remote;
}
