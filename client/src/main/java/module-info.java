import org.jspecify.annotations.NullMarked;

/** The client library: the whole FAPI 2.0 flow, safe by default. */
@NullMarked
module dev.countersign.client {
  requires transitive dev.countersign.protocol;
  requires transitive dev.countersign.remote;
  requires transitive java.net.http;
  requires org.slf4j;
  requires static org.jspecify;

  exports dev.countersign.client;
}
