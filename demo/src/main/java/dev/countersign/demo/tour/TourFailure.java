package dev.countersign.demo.tour;

/** The journey did not go as it must; the message says in one sentence what was missing. */
final class TourFailure extends Exception {
  private static final long serialVersionUID = 1L;

  TourFailure(String sentence) {
    super(sentence);
  }

  TourFailure(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
