/**
 * The store port: what the authorization server remembers, as named atomic operations.
 *
 * <p>Owns the meaning of each operation under a race and after a crash. Every operation is atomic:
 * it happens whole or not at all, and it returns only after what it did would survive the death of
 * the process. Codes, tokens, pushed request URIs and session identifiers arrive here as SHA-256
 * digests only. Never holds a rule of OAuth, a clock or a key: the caller passes the time in.
 *
 * <p>An implementation proves itself with the contract kit, {@code countersign-store-contract}.
 */
package dev.countersign.store;
