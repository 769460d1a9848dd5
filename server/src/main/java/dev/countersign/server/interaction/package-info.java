/**
 * Login and consent: the conversation with a person about one pushed request.
 *
 * <p>{@link dev.countersign.server.interaction.Dispatcher} alone says what comes next. Steps never
 * call each other: each takes a form, leaves what it found in the store and returns to the
 * dispatcher. Never trusts a form that was not shown to this browser, never keeps a password.
 */
@NullMarked
package dev.countersign.server.interaction;

import org.jspecify.annotations.NullMarked;
