package dev.countersign.cli.driver;

/** Where a run is told. */
public interface Report {

  /**
   * A step went as it must.
   *
   * @param detail what came of it, without secrets
   */
  void done(Step step, String detail);

  /**
   * The end.
   *
   * @param last the step in which the run ended
   */
  void ended(Step last, Outcome outcome);
}
