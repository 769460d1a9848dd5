/** The resource server library. */
@NullMarked
package dev.countersign.resource;

import org.jspecify.annotations.NullMarked;
