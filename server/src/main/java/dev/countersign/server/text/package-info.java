/**
 * What pages say, in which language.
 *
 * <p>Owns the list of all sentences, the files that hold them for each language, and the choice of
 * a language ({@code ui_locales} of OpenID Connect Core section 3.1.2.1, {@code Accept-Language} of
 * RFC 9110 section 12.5.4). Never escapes: that is the business of the templates. Answers that
 * programs read do not come from here; they are English.
 */
@NullMarked
package dev.countersign.server.text;

import org.jspecify.annotations.NullMarked;
