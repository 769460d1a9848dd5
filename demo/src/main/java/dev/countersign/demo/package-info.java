/** A bank, its client and a simulated user in one process. */
@NullMarked
package dev.countersign.demo;

import org.jspecify.annotations.NullMarked;
