/**
 * What a person sees and does, in a real browser: Chromium, by Playwright.
 *
 * <p>Owns: the rules that only a browser has (content security policy, cookies, history, focus),
 * how pages look, and whether everybody can use them. Whoever has no Chromium skips these tests.
 * They wait for what they expect to see and never sleep; what a page says of the protocol is tested
 * beside its endpoint.
 */
@NullMarked
package dev.countersign.it.browser;

import org.jspecify.annotations.NullMarked;
