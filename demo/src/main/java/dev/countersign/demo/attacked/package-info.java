/**
 * What can be attacked without harm: an authorization server with everything on, three APIs, a web
 * application that can be lured, clients and people, all made up, on this machine, and gone when it
 * is closed.
 *
 * <p>Owns this deployment and its description as a target. Never attacks it.
 */
@NullMarked
package dev.countersign.demo.attacked;

import org.jspecify.annotations.NullMarked;
