/** The authorization server. */
@NullMarked
package dev.countersign.server;

import org.jspecify.annotations.NullMarked;
