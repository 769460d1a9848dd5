/** Tests of what is looked at before serving. */
@NullMarked
package dev.countersign.cli.check;

import org.jspecify.annotations.NullMarked;
