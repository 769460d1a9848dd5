/**
 * The types of authorization details that this server knows (RFC 9396), and every question about
 * them: may a client ask for this, is it within what was granted, what do two sets come to, where
 * may it be told, what does it say to a person, and what may they choose.
 *
 * <p>Owns: the JSON Schemas of the types and the library that checks by them; objects are closed
 * and nothing that a schema names is fetched. Owns their explanation in words: plain text, which
 * pages escape. Never: makes pages, or keeps details.
 */
@NullMarked
package dev.countersign.server.details;

import org.jspecify.annotations.NullMarked;
