/**
 * What an operator sees and ends: grants by person or by client, all grants of a client, clients
 * that registered themselves. {@code GET} and {@code DELETE /operator/grants}, {@code DELETE
 * /operator/grants/ID}, {@code DELETE /operator/clients/ID}.
 *
 * <p>Takes sender-constrained access tokens of this server alone, of clients that its files let be
 * an operator's. Every action is told to the log. Never: shows a token, or lists all grants that
 * there are.
 */
@NullMarked
package dev.countersign.server.operator;

import org.jspecify.annotations.NullMarked;
