/** Tests of the filter in a servlet container, over HTTPS. */
@NullMarked
package dev.countersign.resource.servlet;

import org.jspecify.annotations.NullMarked;
