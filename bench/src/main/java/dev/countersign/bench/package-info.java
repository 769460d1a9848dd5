/** Load loops and measurements. */
@NullMarked
package dev.countersign.bench;

import org.jspecify.annotations.NullMarked;
