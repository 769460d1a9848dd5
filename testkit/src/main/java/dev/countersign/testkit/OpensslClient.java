package dev.countersign.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The command {@code openssl}, a client that nobody here wrote: it says what a server does in TLS,
 * and offers it what Java's own client would not.
 */
public final class OpensslClient {
  /** Why a test that needs it is skipped. */
  public static final String MISSING = "there is no openssl in the path (apt-get install openssl)";

  /** All that OpenSSL still knows, and none of its own caution. */
  public static final String ALL = "ALL:COMPLEMENTOFALL:@SECLEVEL=0";

  private static final String GET =
      "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
  private static final long PATIENCE = 30;

  private final int port;

  /** Asks the server on this port of this machine. */
  public OpensslClient(int port) {
    this.port = port;
  }

  /** Whether the command is there. */
  public static boolean isThere() {
    try {
      return new ProcessBuilder("openssl", "version").start().waitFor() == 0;
    } catch (IOException _) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** The names of all suites of TLS 1.2 that it can offer. */
  public static List<String> suitesOfTls12() {
    String names = run("", List.of("openssl", "ciphers", "-s", "-tls1_2", ALL));
    return Arrays.stream(names.strip().split(":")).toList();
  }

  /** Asks for {@code /} and gives back all that OpenSSL says of it, the answer included. */
  public String get(String... options) {
    return connect(GET, options);
  }

  /**
   * Connects, types {@code input} and gives back all that OpenSSL says until the server closes.
   *
   * @param options of {@code openssl s_client}
   */
  public String connect(String input, String... options) {
    List<String> command =
        new ArrayList<>(List.of("openssl", "s_client", "-connect", "127.0.0.1:" + port));
    command.addAll(List.of(options));
    return run(input, command);
  }

  private static String run(String input, List<String> command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      try (OutputStream in = process.getOutputStream()) {
        in.write(input.getBytes(ISO_8859_1));
      } catch (IOException _) {
        // It ended without waiting for input; what it said tells why.
      }
      String said = new String(process.getInputStream().readAllBytes(), ISO_8859_1);
      if (!process.waitFor(PATIENCE, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("openssl does not end: " + said);
      }
      return said;
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
