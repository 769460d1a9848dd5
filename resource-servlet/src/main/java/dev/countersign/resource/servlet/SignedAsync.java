package dev.countersign.resource.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;

/** Asynchronous work whose answer is signed and sent when it completes. */
record SignedAsync(AsyncContext begun, SignedAnswer answer) implements AsyncContext {

  /** Signs and sends first: afterwards the container takes nothing any more. */
  @Override
  public void complete() {
    try {
      answer.finishAsync();
    } finally {
      // Whatever became of the answer, nobody is to wait for it until the work times out.
      begun.complete();
    }
  }

  @Override
  public ServletRequest getRequest() {
    return begun.getRequest();
  }

  @Override
  public ServletResponse getResponse() {
    return begun.getResponse();
  }

  @Override
  public boolean hasOriginalRequestAndResponse() {
    return begun.hasOriginalRequestAndResponse();
  }

  @Override
  public void dispatch() {
    begun.dispatch();
  }

  @Override
  public void dispatch(String path) {
    begun.dispatch(path);
  }

  @Override
  public void dispatch(ServletContext context, String path) {
    begun.dispatch(context, path);
  }

  @Override
  public void start(Runnable run) {
    begun.start(run);
  }

  @Override
  public void addListener(AsyncListener listener) {
    begun.addListener(new SignedListener(listener, answer));
  }

  @Override
  public void addListener(
      AsyncListener listener, ServletRequest request, ServletResponse response) {
    begun.addListener(new SignedListener(listener, answer), request, response);
  }

  @Override
  public <T extends AsyncListener> T createListener(Class<T> type) throws ServletException {
    return begun.createListener(type);
  }

  @Override
  public void setTimeout(long timeout) {
    begun.setTimeout(timeout);
  }

  @Override
  public long getTimeout() {
    return begun.getTimeout();
  }
}
