package dev.countersign.attacker.wire;

import dev.countersign.attacker.deployment.TestCertificate;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** The wire, overheard for one recipe. May be used by any thread. */
public final class Line {
  static final int MAX_BODY = 1024 * 1024;

  private final Wire wire;
  private final Consumer<Exchange> heard;

  Line(Wire wire, Consumer<Exchange> heard) {
    this.wire = wire;
    this.heard = heard;
  }

  /**
   * Sends a request that HTTP itself allows. Of a content longer than 1 MiB, the rest is left.
   *
   * @return the answer; one with status 0 if the connection was closed instead
   * @throws NoAnswerException if the whole answer was not there in time, broke off, is not HTTP or
   *     is not of whom the target file trusts, or nobody is there
   * @throws OutOfBoundsException if it may not be sent, which is so of whatever would go in clear
   */
  public Answer send(Outgoing out) throws NoAnswerException, OutOfBoundsException {
    if (!"https".equalsIgnoreCase(out.url().getScheme())) {
      throw new OutOfBoundsException(
          Texts.oneLine(out.url().getScheme() + "://" + out.url().getRawAuthority(), 200)
              + " is not https, and nothing is sent in clear");
    }
    wire.admit(out.url());
    try {
      Answer answer = answer(out);
      heard.accept(exchange(out, answer));
      return answer;
    } catch (NoAnswerException e) {
      heard.accept(exchange(out, Answer.closed(out.url(), Unanswered.said(e))));
      throw e;
    }
  }

  private Answer answer(Outgoing out) throws NoAnswerException {
    AtomicBoolean begun = new AtomicBoolean();
    CompletableFuture<HttpResponse<byte[]>> coming =
        wire.http(out.certificate())
            .sendAsync(
                request(out),
                _ -> {
                  begun.set(true);
                  return new CutContent(MAX_BODY);
                });
    try {
      return answer(out.url(), coming.get(wire.timeout().toNanos(), TimeUnit.NANOSECONDS));
    } catch (TimeoutException e) {
      throw new NoAnswerException(Unanswered.late(Fields.authority(out.url())), e);
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof IOException cause)) {
        throw new IllegalStateException("a request could not be sent", e.getCause());
      }
      Optional<NoAnswerException> unknown = Unanswered.because(out.url(), cause, begun.get());
      if (unknown.isPresent()) {
        throw unknown.get();
      }
      return Answer.closed(out.url(), Unanswered.said(cause));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NoAnswerException("the attack was interrupted", e);
    } finally {
      coming.cancel(true);
    }
  }

  private HttpRequest request(Outgoing out) {
    boolean empty = out.body().length == 0 && !out.method().equals("POST");
    HttpRequest.Builder request =
        HttpRequest.newBuilder(out.url())
            .timeout(wire.timeout())
            .method(
                out.method(),
                empty ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(out.body()));
    out.fields().forEach(field -> request.header(field.getKey(), field.getValue()));
    return request.build();
  }

  private static Answer answer(URI url, HttpResponse<byte[]> response) {
    List<Map.Entry<String, String>> fields = new ArrayList<>();
    response
        .headers()
        .map()
        .forEach((name, values) -> values.forEach(value -> fields.add(Map.entry(name, value))));
    return new Answer(url, response.statusCode(), fields, response.body(), Optional.empty());
  }

  /**
   * Sends bytes as they are over a connection of its own and reads until it is closed, or the time
   * is over. A request should say {@code Connection: close}.
   *
   * @param origin scheme, host and port of where to
   * @throws NoAnswerException if nothing came in time, or nobody is there
   * @throws OutOfBoundsException if it may not be sent
   */
  public Answer raw(Move move, URI origin, byte[] bytes, Optional<TestCertificate> shown)
      throws NoAnswerException, OutOfBoundsException {
    return raw(move, origin, bytes, shown, () -> {});
  }

  /**
   * The same for those who do something else before the answer is there.
   *
   * @param sent is run once all bytes have left
   * @throws NoAnswerException if nothing came in time, or nobody is there
   * @throws OutOfBoundsException if it may not be sent
   */
  public Answer raw(
      Move move, URI origin, byte[] bytes, Optional<TestCertificate> shown, Runnable sent)
      throws NoAnswerException, OutOfBoundsException {
    return raw(move, origin, bytes, plain -> wire.tls(plain, origin, shown), sent);
  }

  /**
   * The same without TLS.
   *
   * @param origin an {@code http} URL of where to
   * @throws NoAnswerException if nothing came in time, or nobody is there
   * @throws OutOfBoundsException if it may not be sent
   */
  public Answer rawPlain(Move move, URI origin, byte[] bytes)
      throws NoAnswerException, OutOfBoundsException {
    return raw(move, origin, bytes, plain -> plain, () -> {});
  }

  /** What is spoken over a connection. */
  @FunctionalInterface
  private interface Layer {
    Socket over(Socket plain) throws IOException;
  }

  private Answer raw(Move move, URI origin, byte[] bytes, Layer layer, Runnable sent)
      throws NoAnswerException, OutOfBoundsException {
    byte[] read = new byte[0];
    try (Socket plain = wire.connect(origin);
        Deadline deadline = new Deadline(plain, wire.timeout())) {
      try (Socket socket = layer.over(plain)) {
        read = exchange(socket, bytes, sent);
      } catch (IOException e) {
        if (deadline.isOver()) {
          throw new SocketTimeoutException("not in time");
        }
        throw e;
      }
    } catch (OutOfBoundsException e) {
      throw e;
    } catch (IOException e) {
      Optional<NoAnswerException> unknown = Unanswered.because(origin, e, false);
      if (read.length == 0 && unknown.isPresent()) {
        throw unknown.get();
      }
    }
    Answer answer = RawAnswer.parse(origin, read);
    heard.accept(rawExchange(move, origin, bytes, answer));
    return answer;
  }

  /** Whoever closes while the request is still being sent may have answered before. */
  private static byte[] exchange(Socket socket, byte[] bytes, Runnable sent) throws IOException {
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    try {
      OutputStream out = socket.getOutputStream();
      out.write(bytes);
      out.flush();
      sent.run();
    } catch (SocketTimeoutException e) {
      throw e;
    } catch (IOException e) {
      // What it said before it closed is read below.
    }
    try {
      InputStream in = socket.getInputStream();
      byte[] buffer = new byte[8192];
      for (int n = in.read(buffer); n >= 0 && read.size() < MAX_BODY; n = in.read(buffer)) {
        read.write(buffer, 0, n);
      }
    } catch (IOException e) {
      if (read.size() == 0) {
        throw e;
      }
    }
    return read.toByteArray();
  }

  /** Takes down what somebody else said to the attacker. */
  public void tell(Exchange exchange) {
    heard.accept(exchange);
  }

  private Exchange exchange(Outgoing out, Answer answer) {
    String type =
        out.fields().stream()
            .filter(field -> field.getKey().equalsIgnoreCase("Content-Type"))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElse("");
    return new Exchange(
        out.move(),
        out.method() + " " + Shortened.url(out.url()),
        Kept.fields(out.fields()),
        Shortened.untyped(Shortened.body(type, out.body()), wire.typed()),
        line(answer),
        Kept.fields(answer.fields()),
        Shortened.body(answer.header("Content-Type").orElse(""), answer.body()));
  }

  private Exchange rawExchange(Move move, URI origin, byte[] bytes, Answer answer) {
    return new Exchange(
        move,
        "raw bytes to " + Fields.authority(origin),
        List.of(),
        Shortened.untyped(Shortened.body("application/x-www-form-urlencoded", bytes), wire.typed()),
        line(answer),
        Kept.fields(answer.fields()),
        Shortened.body(answer.header("Content-Type").orElse(""), answer.body()));
  }

  private static String line(Answer answer) {
    return answer.closed().map(why -> "closed: " + why).orElse(String.valueOf(answer.status()));
  }

  /** The text as bytes, one for each character. */
  public static byte[] latin1(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
