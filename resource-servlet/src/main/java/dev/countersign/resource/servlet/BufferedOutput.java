package dev.countersign.resource.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.function.Supplier;

/** Keeps the content of an answer up to a bound. For one thread at a time. */
final class BufferedOutput extends ServletOutputStream {
  private final ByteArrayOutputStream content = new ByteArrayOutputStream();
  private final int maxBytes;
  private final Supplier<AsyncContext> async;
  private boolean overflown;
  private boolean closed;

  /**
   * Keeps nothing yet.
   *
   * @param maxBytes so many are kept, this number included
   * @param async of the request, asked when there is a listener
   */
  BufferedOutput(int maxBytes, Supplier<AsyncContext> async) {
    this.maxBytes = maxBytes;
    this.async = async;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  /**
   * What comes after the bound ends the servlet's work: its answer is lost in any case. What comes
   * after the end, as behind a forward, is dropped: the servlet has acted, and its answer stands.
   */
  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (closed) {
      return;
    }
    if (overflown || length > maxBytes - content.size()) {
      overflown = true;
      throw new IOException("the answer has more than " + maxBytes + " bytes and cannot be signed");
    }
    content.write(bytes, offset, length);
  }

  @Override
  public void close() {
    closed = true;
  }

  @Override
  public boolean isReady() {
    return true;
  }

  /** On a thread of the container, as the listener expects it. */
  @Override
  public void setWriteListener(WriteListener listener) {
    async
        .get()
        .start(
            () -> {
              try {
                listener.onWritePossible();
              } catch (IOException | RuntimeException e) {
                listener.onError(e);
              }
            });
  }

  /** Whether more was written than is kept. A writer hides the exception. */
  boolean overflown() {
    return overflown;
  }

  int size() {
    return content.size();
  }

  byte[] content() {
    return content.toByteArray();
  }

  /** Begins anew. */
  void clear() {
    content.reset();
    overflown = false;
    closed = false;
  }
}
