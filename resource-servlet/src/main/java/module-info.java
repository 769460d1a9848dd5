import org.jspecify.annotations.NullMarked;

/** The resource server library as a filter of Jakarta Servlet 6. */
@NullMarked
module dev.countersign.resource.servlet {
  requires transitive dev.countersign.resource;
  requires transitive jakarta.servlet;
  requires org.slf4j;
  requires static org.jspecify;

  exports dev.countersign.resource.servlet;
}
