package dev.countersign.server;

import dev.countersign.edge.CannotListenException;
import dev.countersign.edge.HttpsServer;
import dev.countersign.edge.InvalidTlsIdentityException;
import dev.countersign.edge.TlsIdentity;
import dev.countersign.server.config.TlsFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One listener of the server and the files of its certificate, which may be replaced while it
 * listens. {@link #look} is for one thread at a time, all else for any number.
 */
final class Listener implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Listener.class);

  private final String name;
  private final TlsFiles files;
  private final HttpsServer https;
  private String seen;
  private volatile TlsIdentity identity;

  private Listener(
      String name, TlsFiles files, HttpsServer https, String seen, TlsIdentity identity) {
    this.name = name;
    this.files = files;
    this.https = https;
    this.seen = seen;
    this.identity = identity;
  }

  /**
   * Listens by the certificate of these files.
   *
   * @param name what logs and metrics call it
   * @param server all else that is said of it
   * @throws CannotListenException if the port is busy or the address is not ours
   * @throws InvalidTlsIdentityException if the certificate or its key cannot be used
   */
  static Listener start(String name, TlsFiles files, HttpsServer.Builder server)
      throws CannotListenException, InvalidTlsIdentityException {
    // First: what changes from here on is noticed at the next look.
    String seen = fingerprint(files);
    TlsIdentity identity = TlsIdentity.ofPem(files.certificate(), files.key());
    return new Listener(name, files, server.tls(identity).start(), seen, identity);
  }

  String name() {
    return name;
  }

  int port() {
    return https.port();
  }

  int connections() {
    return https.connections();
  }

  /** When the certificate that is shown now expires. */
  Instant notAfter() {
    return identity.notAfter();
  }

  /**
   * Shows the certificate of the files to new connections if the files changed since the last look.
   * What cannot be used, or is not valid now, is refused with one log line, and the certificate of
   * before stays.
   */
  void look(Instant now) {
    String found = fingerprint(files);
    if (found.equals(seen)) {
      return;
    }
    seen = found;
    try {
      TlsIdentity changed = TlsIdentity.ofPem(files.certificate(), files.key());
      if (!changed.isValid(now)) {
        LOG.warn("listener {}: the new certificate is not valid now; the old one stays", name);
        return;
      }
      https.show(List.of(changed));
      identity = changed;
      LOG.info("listener {}: new certificate, good until {}", name, changed.notAfter());
    } catch (InvalidTlsIdentityException e) {
      LOG.warn("listener {}: the old certificate stays: {}", name, e.getMessage());
    }
  }

  /** Of both files' content, so that no key is kept; empty if one cannot be read. */
  private static String fingerprint(TlsFiles files) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(digest.digest(Files.readAllBytes(files.certificate())));
      digest.update(Files.readAllBytes(files.key()));
      return HexFormat.of().formatHex(digest.digest());
    } catch (IOException _) {
      return "";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }

  void drain() {
    https.drain();
  }

  @Override
  public void close() {
    https.close();
  }
}
