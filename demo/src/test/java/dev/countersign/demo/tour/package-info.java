/** Tests of the tour: run as a whole, sabotaged, and the parts that show it. */
package dev.countersign.demo.tour;
