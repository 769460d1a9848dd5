package dev.countersign.attacker.wire;

import dev.countersign.attacker.deployment.TestCertificate;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javax.net.ssl.SSLSocket;

/** The wire, overheard for one recipe. May be used by any thread. */
public final class Line {
  private static final int MAX_BODY = 1024 * 1024;

  private final Wire wire;
  private final Consumer<Exchange> heard;

  Line(Wire wire, Consumer<Exchange> heard) {
    this.wire = wire;
    this.heard = heard;
  }

  /**
   * Sends a request that HTTP itself allows.
   *
   * @return the answer; one with status 0 if the connection was closed instead
   * @throws NoAnswerException if nobody answered in time, or nobody is there
   * @throws OutOfBoundsException if it may not be sent
   */
  public Answer send(Outgoing out) throws NoAnswerException, OutOfBoundsException {
    wire.admit(out.url());
    Answer answer = answer(out);
    heard.accept(exchange(out, answer));
    return answer;
  }

  private Answer answer(Outgoing out) throws NoAnswerException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(out.url())
            .timeout(wire.timeout())
            .method(
                out.method(),
                out.body().length == 0 && !out.method().equals("POST")
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofByteArray(out.body()));
    out.fields().forEach(field -> request.header(field.getKey(), field.getValue()));
    try {
      HttpResponse<byte[]> response =
          wire.http(out.certificate())
              .send(request.build(), BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_BODY));
      List<Map.Entry<String, String>> fields = new ArrayList<>();
      response
          .headers()
          .map()
          .forEach((name, values) -> values.forEach(value -> fields.add(Map.entry(name, value))));
      return new Answer(
          out.url(), response.statusCode(), fields, response.body(), Optional.empty());
    } catch (HttpTimeoutException | ConnectException e) {
      heard.accept(exchange(out, Answer.closed(out.url(), "no answer")));
      throw new NoAnswerException("no answer from " + Fields.authority(out.url()), e);
    } catch (IOException e) {
      return Answer.closed(out.url(), Texts.oneLine(String.valueOf(e.getMessage()), 200));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NoAnswerException("the attack was interrupted", e);
    }
  }

  /**
   * Sends bytes as they are over a connection of its own and reads until it is closed. A request
   * should say {@code Connection: close}.
   *
   * @param origin scheme, host and port of where to
   * @throws NoAnswerException if nothing came in time, or nobody is there
   * @throws OutOfBoundsException if it may not be sent
   */
  public Answer raw(Move move, URI origin, byte[] bytes, Optional<TestCertificate> shown)
      throws NoAnswerException, OutOfBoundsException {
    byte[] read;
    try (SSLSocket socket = wire.connectTls(origin, shown)) {
      read = exchange(socket, bytes);
    } catch (SocketTimeoutException | ConnectException e) {
      throw new NoAnswerException("no answer from " + Fields.authority(origin), e);
    } catch (OutOfBoundsException e) {
      throw e;
    } catch (IOException e) {
      read = new byte[0];
    }
    Answer answer = RawAnswer.parse(origin, read);
    heard.accept(rawExchange(move, origin, bytes, answer));
    return answer;
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
    byte[] read;
    try (Socket socket = wire.connect(origin)) {
      read = exchange(socket, bytes);
    } catch (OutOfBoundsException e) {
      throw e;
    } catch (SocketTimeoutException | ConnectException e) {
      throw new NoAnswerException("no answer from " + Fields.authority(origin), e);
    } catch (IOException e) {
      read = new byte[0];
    }
    Answer answer = RawAnswer.parse(origin, read);
    heard.accept(rawExchange(move, origin, bytes, answer));
    return answer;
  }

  /** Whoever closes while the request is still being sent may have answered before. */
  private static byte[] exchange(Socket socket, byte[] bytes) throws IOException {
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    try {
      OutputStream out = socket.getOutputStream();
      out.write(bytes);
      out.flush();
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
        Shortened.fields(out.fields()),
        Shortened.untyped(Shortened.body(type, out.body()), wire.typed()),
        line(answer),
        Shortened.fields(answer.fields()),
        Shortened.body(answer.header("Content-Type").orElse(""), answer.body()));
  }

  private Exchange rawExchange(Move move, URI origin, byte[] bytes, Answer answer) {
    return new Exchange(
        move,
        "raw bytes to " + Fields.authority(origin),
        List.of(),
        Shortened.untyped(Shortened.body("application/x-www-form-urlencoded", bytes), wire.typed()),
        line(answer),
        Shortened.fields(answer.fields()),
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
