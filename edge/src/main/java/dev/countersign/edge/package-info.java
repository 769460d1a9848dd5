/** HTTPS in front of the server and the gateway. */
@NullMarked
package dev.countersign.edge;

import org.jspecify.annotations.NullMarked;
