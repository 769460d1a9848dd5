/**
 * A bank, its client and people in one process, for a person with a browser ({@link
 * dev.countersign.demo.Demo}) and for a reader ({@link dev.countersign.demo.tour.Tour}).
 *
 * <p>The packages below: the bank's API, the certificate authorities, the scene with everybody in
 * it, the story of what is seen in messages, the third party's web application, and the tour.
 * Nothing of it is part of a real server.
 */
@NullMarked
package dev.countersign.demo;

import org.jspecify.annotations.NullMarked;
