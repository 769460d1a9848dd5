/**
 * What {@code countersign check} looks at beyond the configuration itself: certificate and store.
 *
 * <p>Owns the findings and their sentences. Changes nothing, listens nowhere, opens no store.
 */
@NullMarked
package dev.countersign.cli.check;

import org.jspecify.annotations.NullMarked;
