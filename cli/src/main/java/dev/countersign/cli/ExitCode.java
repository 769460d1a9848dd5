package dev.countersign.cli;

/** Exit codes of every command. */
final class ExitCode {
  /** All went as it must. */
  static final int OK = 0;

  /** It did not. */
  static final int FAILED = 1;

  /** The command line or the configuration is wrong. */
  static final int USAGE = 2;

  /** What came breaks a rule, so that the client of {@code conformance-client} stopped. */
  static final int STOPPED = 3;

  /** Of some attack of {@code attack} it is not known whether it succeeds. */
  static final int INCONCLUSIVE = 3;

  /** Something that is needed is not there: a port, a file, a provider ({@code EX_UNAVAILABLE}). */
  static final int UNAVAILABLE = 69;

  private ExitCode() {}
}
