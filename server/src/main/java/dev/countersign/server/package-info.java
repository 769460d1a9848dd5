/**
 * The authorization server: one class that wires it and one table of its routes.
 *
 * <p>Each endpoint has a package of its own below this one. Nothing here decides anything about a
 * request.
 */
@NullMarked
package dev.countersign.server;

import org.jspecify.annotations.NullMarked;
