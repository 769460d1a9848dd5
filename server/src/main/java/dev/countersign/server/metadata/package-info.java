/**
 * What the server publishes about itself: its metadata at both well-known places, and its keys.
 *
 * <p>Sections: RFC 8414, OpenID Connect Discovery, FAPI 2.0 Security Profile 5.3.2.1 and 5.4.2.
 * Made once from the configuration; never from a Host header.
 */
@NullMarked
package dev.countersign.server.metadata;

import org.jspecify.annotations.NullMarked;
