package dev.countersign.resource.servlet;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says so when asynchronous work ends and nobody sent its answer. */
record UnsentAnswers(SignedAnswer answer) implements AsyncListener {
  private static final Logger LOG = LoggerFactory.getLogger(UnsentAnswers.class);

  @Override
  public void onComplete(AsyncEvent event) {
    if (!answer.isSent()) {
      LOG.error(
          "an answer was not signed and not sent: the work took too long, or ended past the filter;"
              + " map ResourceFilter to DispatcherType.ASYNC, too");
    }
  }

  @Override
  public void onTimeout(AsyncEvent event) {
    // The container answers then, or who else listens.
  }

  @Override
  public void onError(AsyncEvent event) {
    // The container answers then, or who else listens.
  }

  /** A new cycle tells nobody of those that listened to the one before. */
  @Override
  public void onStartAsync(AsyncEvent event) {
    event.getAsyncContext().addListener(this);
  }
}
