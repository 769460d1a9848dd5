/**
 * What all answers to a browser have in common: cookies, security headers, pages (RFC 9700 sections
 * 4.2 and 4.16, FAPI 2.0 Security Profile section 5.2.3).
 *
 * <p>Never decides anything: what a page shows and which cookie counts is said by the rooms that
 * use it.
 */
@NullMarked
package dev.countersign.server.browser;

import org.jspecify.annotations.NullMarked;
