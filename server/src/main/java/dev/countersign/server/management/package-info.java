/**
 * What those who run the server ask it: is it alive, is it ready, how is it doing.
 *
 * <p>Owns {@code GET /livez}, {@code GET /readyz} and {@code GET /metrics}, on a listener of its
 * own and by plain HTTP: it is for the machine and the network behind, never for the internet, and
 * none of it is ever reachable where clients are ({@code docs/adr/0008-management-port.md}). Says
 * nothing about clients or people.
 */
@NullMarked
package dev.countersign.server.management;

import org.jspecify.annotations.NullMarked;
