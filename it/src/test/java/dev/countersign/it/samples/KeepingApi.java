package dev.countersign.it.samples;

// <sample keeping>
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.DSYNC;

import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.resource.Introspection;
import dev.countersign.resource.IntrospectionEvidence;
import dev.countersign.resource.TokenStatusUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;

/** An API that can show later what the authorization server said of a token. */
public final class KeepingApi {
  private final ReentrantLock lock = new ReentrantLock();
  private final Path file;

  /** Keeps the answers in a file, one on each line; it grows for ever. */
  public KeepingApi(Path file) {
    this.file = file;
  }

  /** The same questions, with answers that are signed with ES256 and kept. */
  public Introspection status(Introspection asking) {
    return asking.signed(Jose.jdk(), SignatureAlgorithm.ES256).keptBy(this::keep);
  }

  private void keep(IntrospectionEvidence evidence) {
    JsonObject line =
        JsonObject.builder()
            .put("at", evidence.at().toString())
            .put("token_sha256", evidence.token().hex())
            .put("jwks", evidence.keys().toJson())
            .put("jwt", evidence.jwt())
            .build();
    lock.lock();
    try {
      Files.writeString(file, line.toJson() + "\n", CREATE, APPEND, DSYNC);
    } catch (IOException e) {
      // The request is answered with 503: nothing is served of which there is no evidence.
      throw new TokenStatusUnavailableException("the answer cannot be kept");
    } finally {
      lock.unlock();
    }
  }
}
// </sample keeping>
