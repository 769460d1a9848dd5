package dev.countersign.server.par;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.DSYNC;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.requirement.Enforces;
import dev.countersign.store.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Appends signed requests to a file, a JSON object on each line: {@code at}, {@code client_id},
 * {@code request_uri_sha256}, {@code jwks} and {@code request}. Each is on the disk before {@link
 * #keep} returns. The file is opened anew for each, so that it may be moved away at any time, and
 * made readable by its owner alone. For any number of threads.
 */
public final class RequestFile implements RequestKeeper {
  private static final Set<OpenOption> APPENDING = Set.of(CREATE, APPEND, DSYNC);

  private final Path file;

  /** Whether what was written last may be half a line, as after a crash. */
  private final AtomicBoolean torn = new AtomicBoolean(true);

  /** Appends to this file; its folder must be there. */
  public RequestFile(Path file) {
    this.file = file;
  }

  @Override
  @Enforces({"MS-7"})
  public void keep(SignedRequest request) {
    String line =
        JsonObject.builder()
            .put("at", request.at().toString())
            .put("client_id", request.client().value())
            .put("request_uri_sha256", request.requestUri().hex())
            .put("jwks", request.keys().toJson())
            .put("request", request.object())
            .build()
            .toJson();
    try (FileChannel channel = FileChannel.open(file, APPENDING, ownerOnly())) {
      append(channel, line + "\n");
    } catch (IOException e) {
      torn.set(true);
      throw new StoreException("A signed request cannot be kept in " + file, e);
    }
  }

  /** By one call, which the system does not mix with those of others. */
  private void append(FileChannel channel, String line) throws IOException {
    boolean anew = torn.getAndSet(false) && channel.size() > 0;
    ByteBuffer bytes = ByteBuffer.wrap(((anew ? "\n" : "") + line).getBytes(UTF_8));
    channel.write(bytes);
    if (bytes.hasRemaining()) {
      throw new IOException("only a part was written");
    }
  }

  private FileAttribute<?>[] ownerOnly() {
    boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }
}
