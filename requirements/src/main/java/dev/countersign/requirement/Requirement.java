package dev.countersign.requirement;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Stands on the test, a class or a method, that shows one or more requirements to be met: it would
 * fail if the requirement were not.
 *
 * <p>Ids are written as string literals, because the build reads them from the source text; an id
 * that the catalogue does not have fails the build. The annotation changes no behaviour.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Requirement {

  /** The ids of the requirements, for example {@code SP-5.3.2.1-11}; at least one. */
  String[] value();
}
