/**
 * Requirement ids, the annotations that name them and the catalogue of all requirements.
 *
 * <p>Owns: the form of an id ({@link dev.countersign.requirement.RequirementId}) and where an id
 * may stand in code ({@link dev.countersign.requirement.Enforces}) and in tests ({@link
 * dev.countersign.requirement.Requirement}), and the {@link dev.countersign.requirement.Catalogue}
 * with the text and the state of every requirement.
 *
 * <p>Never: enforces anything. A rule lives where the message it speaks of is read or written.
 */
package dev.countersign.requirement;
