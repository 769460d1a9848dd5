package dev.countersign.requirement;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Stands on the code that enforces one or more requirements: the place to read, and to break, when
 * the rule is in question.
 *
 * <p>Ids are written as string literals, because the build reads them from the source text; an id
 * that the catalogue does not have fails the build. The annotation changes no behaviour.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({
  ElementType.TYPE,
  ElementType.METHOD,
  ElementType.CONSTRUCTOR,
  ElementType.FIELD,
  ElementType.RECORD_COMPONENT,
  ElementType.PACKAGE
})
public @interface Enforces {

  /** The ids of the requirements, for example {@code SP-5.3.2.1-11}; at least one. */
  String[] value();
}
