/**
 * One whole journey through real HTTPS in one process: authorization server, bank, client and a
 * simulated person, every message decoded, then attacks refused before the reader's eyes.
 *
 * <p>Owns the script, the simulated browser and how the tour is printed. Where something is not
 * seen in a message that must be there, the tour fails.
 */
@NullMarked
package dev.countersign.demo.tour;

import org.jspecify.annotations.NullMarked;
