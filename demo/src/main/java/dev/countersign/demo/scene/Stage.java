package dev.countersign.demo.scene;

import dev.countersign.demo.ca.LocalCa;
import dev.countersign.edge.CannotListenException;
import dev.countersign.edge.ClientCertificates;
import dev.countersign.edge.HttpsServer;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.remote.StrictTls;
import java.net.URI;
import java.net.http.HttpClient;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import javax.net.ssl.SSLContext;

/**
 * What a demonstration stands on: doors that listen on 127.0.0.1 alone, HTTP that trusts them, the
 * wire that overhears them, time and randomness. Closing it closes the doors and all that was kept,
 * the last first. Doors are opened and kept by one thread; the rest may be used by any.
 */
public final class Stage implements AutoCloseable {
  static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final Settings settings;
  private final SecureRandom random = new SecureRandom();
  private final Wire wire;
  private final LocalCa ca;
  private final Belongings belongings = new Belongings();

  /** An empty stage. */
  public Stage(Settings settings) {
    this.settings = settings;
    this.wire = new Wire(settings.clock());
    this.ca = settings.ca();
  }

  /**
   * What can be chosen.
   *
   * @param jose all cryptography of the parties
   * @param clock the time of all of them
   * @param ca who the servers are in TLS
   */
  public record Settings(Jose jose, InstantSource clock, LocalCa ca) {}

  /**
   * Begins to listen.
   *
   * @param host what the address calls this machine: {@code localhost} or {@code 127.0.0.1}
   * @param port 0 to 65535; 0 finds a free one
   */
  public Door door(String host, int port) throws CannotListenException {
    return door(host, port, ClientCertificates.NONE);
  }

  /**
   * The same.
   *
   * @param certificates whether who comes is asked for one
   */
  public Door door(String host, int port, ClientCertificates certificates)
      throws CannotListenException {
    LateHandler behind = new LateHandler();
    HttpsServer server =
        belongings.keep(
            HttpsServer.builder()
                .bind("127.0.0.1", port)
                .tls(ca.identity())
                .clientCertificates(certificates)
                .stopTimeout(Duration.ofSeconds(1))
                .clock(settings.clock())
                .handler(behind)
                .start());
    return new Door(URI.create("https://" + host + ":" + server.port()), behind, wire);
  }

  /** HTTP with the voice of {@code speaker}, that trusts the doors and nobody else. */
  public HttpClient http(Party speaker) {
    return http(Voices.of(speaker));
  }

  /** HTTP that nobody overhears. */
  public HttpClient quietHttp() {
    return http(Voices.STAGE);
  }

  private HttpClient http(String voice) {
    return belongings.keep(
        new SpeakingHttpClient(StrictTls.httpClient(ca.trust(), TIMEOUT), voice));
  }

  /** TLS that trusts the doors and nobody else. */
  public SSLContext trust() {
    return ca.trust();
  }

  /** What is overheard. */
  public Wire wire() {
    return wire;
  }

  /** All cryptography of the parties. */
  public Jose jose() {
    return settings.jose();
  }

  /** The time of all parties. */
  public InstantSource clock() {
    return settings.clock();
  }

  /** The source of all secrets. */
  public SecureRandom random() {
    return random;
  }

  /** Closes {@code thing} together with the stage, before what was kept or opened earlier. */
  public <T extends AutoCloseable> T keep(T thing) {
    return belongings.keep(thing);
  }

  @Override
  public void close() {
    belongings.close();
  }
}
