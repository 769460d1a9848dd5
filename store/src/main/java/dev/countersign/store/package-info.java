/** The port of atomic security operations. */
@NullMarked
package dev.countersign.store;

import org.jspecify.annotations.NullMarked;
