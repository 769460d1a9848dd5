/** JVMs that tests start beside their own. */
@NullMarked
package dev.countersign.it.process;

import org.jspecify.annotations.NullMarked;
