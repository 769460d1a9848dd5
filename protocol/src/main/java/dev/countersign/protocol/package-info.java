/** Every rule about a single message, for both roles: no I/O, no clock, no store. */
@NullMarked
package dev.countersign.protocol;

import org.jspecify.annotations.NullMarked;
