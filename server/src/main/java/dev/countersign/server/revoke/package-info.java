/**
 * The revocation endpoint: a client gives back what a person allowed it.
 *
 * <p>Sections: RFC 7009. Routes: {@code POST {issuer}/revoke}. A token of a grant ends the whole
 * grant, whichever kind it is, because all tokens of one authorization hang on it (SP-6.8-4). Never
 * tells a client anything of a token that is not its own but that it is not, and never says that a
 * token has ended while it works.
 */
@NullMarked
package dev.countersign.server.revoke;

import org.jspecify.annotations.NullMarked;
