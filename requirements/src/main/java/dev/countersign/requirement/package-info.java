/** The FAPI 2.0 requirement catalogue and the annotations that tie code and tests to it. */
@NullMarked
package dev.countersign.requirement;

import org.jspecify.annotations.NullMarked;
