/**
 * Sunny Budget, a third party's web application: it connects a person's bank, shows accounts and
 * bookings, pays, and disconnects.
 *
 * <p>Everything of the protocol is done by the client library; what is here is what every
 * application has of its own: pages without script, a session of one browser, forms that no other
 * site can send, tokens that never leave the server. Knows neither the bank's nor the server's
 * inside.
 */
@NullMarked
package dev.countersign.demo.app;

import org.jspecify.annotations.NullMarked;
