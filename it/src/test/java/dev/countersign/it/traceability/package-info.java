/**
 * The gate between the catalogue of requirements and the code: what is mandatory is enforced, shown
 * by a test, or planned.
 *
 * <p>Owns: which entries need what, the reading of annotations from source text, the list of what
 * is planned and {@code docs/requirements.md}. It reads and writes files of the repository only.
 *
 * <p>Never: adds to the planned list. A requirement leaves it when it is met and does not come
 * back.
 */
package dev.countersign.it.traceability;
