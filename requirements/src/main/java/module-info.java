import org.jspecify.annotations.NullMarked;

/**
 * The requirements Countersign is built against, and the two annotations that tie code and tests to
 * them.
 *
 * <p>The lowest module: everything else may require it, and it requires nothing at run time.
 */
@NullMarked
module dev.countersign.requirements {
  requires static org.jspecify;

  exports dev.countersign.requirement;
}
