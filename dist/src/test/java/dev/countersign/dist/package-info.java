/** Tests of the download: what is in it, and that it runs where there is nothing but a Java. */
package dev.countersign.dist;
