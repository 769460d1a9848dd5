/** Tests of the whole: the walls between the modules and what only shows when all run together. */
@NullMarked
package dev.countersign.it;

import org.jspecify.annotations.NullMarked;
