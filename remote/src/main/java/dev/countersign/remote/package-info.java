/** Calls to other parties over HTTPS, with limits. */
@NullMarked
package dev.countersign.remote;

import org.jspecify.annotations.NullMarked;
