/** Opens to the fuzzer what the edge keeps to itself. */
@NullMarked
package dev.countersign.edge;

import org.jspecify.annotations.NullMarked;
