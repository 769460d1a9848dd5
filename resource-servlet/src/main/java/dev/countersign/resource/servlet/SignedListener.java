package dev.countersign.resource.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import java.io.IOException;

/**
 * Tells a servlet's listener of asynchronous work, with events by whose context an answer is signed
 * when the work is completed there, as after a timeout.
 */
record SignedListener(AsyncListener listener, SignedAnswer answer) implements AsyncListener {

  @Override
  public void onComplete(AsyncEvent event) throws IOException {
    listener.onComplete(signed(event));
  }

  @Override
  public void onTimeout(AsyncEvent event) throws IOException {
    listener.onTimeout(signed(event));
  }

  @Override
  public void onError(AsyncEvent event) throws IOException {
    listener.onError(signed(event));
  }

  @Override
  public void onStartAsync(AsyncEvent event) throws IOException {
    listener.onStartAsync(signed(event));
  }

  private AsyncEvent signed(AsyncEvent event) {
    AsyncContext context = event.getAsyncContext();
    return new AsyncEvent(
        context instanceof SignedAsync ? context : new SignedAsync(context, answer),
        event.getSuppliedRequest(),
        event.getSuppliedResponse(),
        event.getThrowable());
  }
}
