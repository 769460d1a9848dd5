import org.jspecify.annotations.NullMarked;

/** The FAPI 2.0 requirement catalogue and the annotations that tie code and tests to it. */
@NullMarked
module dev.countersign.requirements {
  requires static org.jspecify;

  exports dev.countersign.requirement;
}
