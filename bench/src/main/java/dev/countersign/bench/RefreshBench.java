package dev.countersign.bench;

import dev.countersign.protocol.jose.Jose;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;

/**
 * What a refresh costs the server, next to the signatures in it. Takes about a minute.
 *
 * <p>Arguments: a directory on the disk in question, the seconds each load is measured for (10 if
 * left out), and after it options for the server's JVM.
 */
public final class RefreshBench {
  private static final int[] CALLERS = {8, 1};
  private static final Duration WARM_UP = Duration.ofSeconds(30);
  private static final Duration FLOOR = Duration.ofSeconds(2);

  private final CryptoFloor floor;
  private final Load load;

  private RefreshBench(CryptoFloor floor, Load load) {
    this.floor = floor;
    this.load = load;
  }

  /** Prints what it does, then one line for each number of callers. */
  public static void main(String[] arguments)
      throws IOException, InterruptedException, GeneralSecurityException {
    if (arguments.length < 1) {
      System.err.println("usage: RefreshBench <directory> [<seconds> [<option of the JVM>...]]");
      System.exit(2);
    }
    List<String> options =
        List.of(arguments).subList(Math.min(2, arguments.length), arguments.length);
    Duration time = Duration.ofSeconds(arguments.length > 1 ? Long.parseLong(arguments[1]) : 10);
    Path folder = Files.createTempDirectory(Path.of(arguments[0]), "refresh-bench");
    SecureRandom random = new SecureRandom();
    Jose jose = BenchCrypto.jose();
    say("cryptography by %s; store, log and configuration in %s", jose.providerName(), folder);
    BenchScene scene = BenchScene.create(folder, jose, random);
    try (ServerProcess server = ServerProcess.start(folder, options);
        HttpClient http =
            HttpClient.newBuilder()
                .sslContext(scene.trust())
                .version(HttpClient.Version.HTTP_1_1)
                .build()) {
      say("server listens after %d ms, JVM options %s", server.startTime().toMillis(), options);
      PreparedRefreshes requests = new PreparedRefreshes(scene, jose, random, http, server.port());
      new RefreshBench(new CryptoFloor(), new Load(http, requests, server)).run(time);
    }
  }

  private void run(Duration time)
      throws IOException, InterruptedException, GeneralSecurityException {
    say("warming up, %d s", WARM_UP.toSeconds());
    floor.measure(FLOOR);
    load.run(8, WARM_UP);
    Duration before = floor();
    for (int callers : CALLERS) {
      say("%d callers, %d s", callers, time.toSeconds());
      Load.Result result = load.run(callers, time);
      Duration after = floor();
      Duration least = before.plus(after).dividedBy(2);
      say(
          "%d callers: %.0f refreshes/s, median %.2f ms, 99 of 100 within %.2f ms;"
              + " CPU of the server %.3f ms each, %.2f times the floor",
          callers,
          result.perSecond(),
          millis(result.median()),
          millis(result.slow()),
          result.cpuMillis(),
          result.cpuMillis() / millis(least));
      before = after;
    }
  }

  private Duration floor() throws GeneralSecurityException {
    Duration least = floor.measure(FLOOR);
    say("floor: 2 verifications and 1 signature, %.3f ms of CPU", millis(least));
    return least;
  }

  private static double millis(Duration duration) {
    return duration.toNanos() / 1e6;
  }

  private static void say(String format, Object... values) {
    System.out.printf(format + "%n", values);
  }
}
