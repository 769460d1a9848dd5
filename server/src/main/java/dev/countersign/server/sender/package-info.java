/**
 * Who sends a request and what its tokens are bound to: the key of a DPoP proof or a client
 * certificate, as the client's registration says.
 *
 * <p>Sections: RFC 9449 section 5, RFC 8705 section 3, FAPI 2.0 Security Profile 5.3.2.1 items 4
 * and 5. Never binds by both, and never by neither.
 */
@NullMarked
package dev.countersign.server.sender;

import org.jspecify.annotations.NullMarked;
