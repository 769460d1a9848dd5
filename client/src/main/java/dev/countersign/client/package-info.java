/** The client library. */
@NullMarked
package dev.countersign.client;

import org.jspecify.annotations.NullMarked;
