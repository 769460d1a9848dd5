/**
 * The store port: what the authorization server remembers, as named atomic operations.
 *
 * <p>Owns the meaning of each operation under a race and after a crash. Every operation is atomic:
 * it happens whole or not at all, and it returns only after what it did would survive the death of
 * the process. Codes, tokens, pushed request URIs and session identifiers arrive here as SHA-256
 * digests only. Never holds a rule of OAuth, a clock or a key: the caller passes the time in.
 *
 * <p>Common to all operations:
 *
 * <ul>
 *   <li>An {@code expiresAt} is the first instant at which the thing is over: one nanosecond before
 *       it is good, at it it is not.
 *   <li>Where an operation takes one-time keys, they are judged before everything else; a key that
 *       was used before is the answer whatever else is wrong. An empty set is allowed.
 *   <li>"Nothing happened" includes the keys: they are still fresh.
 *   <li>Identifiers of new things (codes, tokens, request URIs, interactions, sessions, grants) are
 *       fresh random values. One that is there already is broken code of the caller: {@link
 *       dev.countersign.store.StoreException}, and nothing happened.
 *   <li>What one operation has returned is seen by every operation that begins afterwards.
 * </ul>
 *
 * <p>An implementation proves itself with the contract kit, {@code countersign-store-contract}.
 */
package dev.countersign.store;
