package dev.countersign.resource.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.function.Supplier;

/** The content of a request that was read before. For one thread, as any stream. */
final class BufferedInput extends ServletInputStream {
  private final ByteArrayInputStream content;
  private final Supplier<AsyncContext> async;

  /**
   * A stream of these bytes.
   *
   * @param async of the request, asked when there is a listener
   */
  BufferedInput(byte[] content, Supplier<AsyncContext> async) {
    this.content = new ByteArrayInputStream(content);
    this.async = async;
  }

  @Override
  public int read() {
    return content.read();
  }

  @Override
  public int read(byte[] into, int offset, int length) {
    return content.read(into, offset, length);
  }

  @Override
  public int available() {
    return content.available();
  }

  @Override
  public boolean isFinished() {
    return content.available() == 0;
  }

  @Override
  public boolean isReady() {
    return true;
  }

  /** On a thread of the container, as the listener expects it. */
  @Override
  public void setReadListener(ReadListener listener) {
    async.get().start(() -> tell(listener));
  }

  private void tell(ReadListener listener) {
    try {
      if (!isFinished()) {
        listener.onDataAvailable();
      }
      if (isFinished()) {
        listener.onAllDataRead();
      }
    } catch (IOException | RuntimeException e) {
      listener.onError(e);
    }
  }
}
