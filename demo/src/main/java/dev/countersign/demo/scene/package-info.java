/**
 * Everybody on the stage of a demonstration: authorization server, bank and client over HTTPS in
 * one process, with their keys, people and accounts, and the wire on which they are overheard.
 *
 * <p>Never says what a message means: that is told by the rooms that listen.
 */
@NullMarked
package dev.countersign.demo.scene;

import org.jspecify.annotations.NullMarked;
