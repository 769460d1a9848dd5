/**
 * Rich authorization requests (RFC 9396): {@code authorization_details} as they are written, and
 * the rules by which one object is within another and two sets become one.
 *
 * <p>Never: says which types there are. That is the authorization server's to configure.
 */
@NullMarked
package dev.countersign.protocol.rar;

import org.jspecify.annotations.NullMarked;
