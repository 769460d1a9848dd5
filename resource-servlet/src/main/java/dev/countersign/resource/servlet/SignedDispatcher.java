package dev.countersign.resource.servlet;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.util.Optional;

/** Forwards with an answer that can still be signed afterwards. */
record SignedDispatcher(RequestDispatcher target) implements RequestDispatcher {

  /** What another servlet does. */
  @FunctionalInterface
  interface Step {
    void run() throws ServletException, IOException;
  }

  /** Drops what was written, and by what, as containers do with an answer of their own. */
  @Override
  public void forward(ServletRequest request, ServletResponse response)
      throws ServletException, IOException {
    Optional<SignedAnswer> signed = SignedAnswer.of(response);
    signed.ifPresent(KeptAnswer::restart);
    target.forward(request, signed.isPresent() ? PlainAnswer.of(response) : response);
  }

  @Override
  public void include(ServletRequest request, ServletResponse response)
      throws ServletException, IOException {
    Optional<SignedAnswer> signed = SignedAnswer.of(response);
    if (signed.isPresent()) {
      signed.get().including(() -> target.include(request, response));
    } else {
      target.include(request, response);
    }
  }
}
