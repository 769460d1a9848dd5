package dev.countersign.demo.tour;

/** Shows the tour, line by line. */
@FunctionalInterface
public interface TourPrinter {

  /** Shows one line. Called by one thread, in the order of telling. */
  void print(TourLine line);
}
