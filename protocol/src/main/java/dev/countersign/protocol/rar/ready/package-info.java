/**
 * The ready types of authorization details as records: what their files say (RFC 9396), in types of
 * Java. {@code toDetail} writes an object, {@code from} reads one.
 *
 * <p>A record takes exactly what the JSON Schema of its type takes, so that what can be made is not
 * refused for its shape, and what is read holds nothing unknown. For a type of one's own there is
 * {@link dev.countersign.protocol.rar.AuthorizationDetail#of(String,
 * dev.countersign.protocol.json.JsonObject)}, read by JSON pointers.
 *
 * <p>Never: compares, merges, or knows what is allowed. That is {@link
 * dev.countersign.protocol.rar.DetailType}.
 */
@NullMarked
package dev.countersign.protocol.rar.ready;

import org.jspecify.annotations.NullMarked;
