/**
 * What the endpoints share in reading a request and forming an answer.
 *
 * <p>Sections: RFC 6749 sections 3.2 and 5.1, RFC 9126 section 2. Never looks at what a parameter
 * means.
 */
@NullMarked
package dev.countersign.server.http;

import org.jspecify.annotations.NullMarked;
