/**
 * The published vectors of HTTP message signatures: how {@code docs/vectors} is made, and that our
 * verifiers come to the verdicts that stand there.
 *
 * <p>Owns: an own, simple way to write signature bases, so that the vectors do not repeat what our
 * signer says. Never: the parsers and signers of the product, but where they are held against it.
 */
package dev.countersign.it.vectors;
