package dev.countersign.server.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads files and remembers what stood in them, so that it can be told whether they say something
 * else now. Contents are compared, not times: a file may change twice within one tick of its clock.
 * For one thread.
 */
final class ReadFiles {
  /** Our choice, in bytes: the largest configuration is smaller. */
  private static final int MOST = 16 * 1024 * 1024;

  private static final String UNREADABLE = "";

  private final Map<Path, String> digests = new LinkedHashMap<>();

  /**
   * The content of a file, remembered; that it cannot be read is remembered, too. A file of more
   * than 16 MiB cannot be read.
   */
  byte[] read(Path file) throws IOException {
    digests.put(file, UNREADABLE);
    byte[] content = content(file);
    digests.put(file, digest(content));
    return content;
  }

  /** Whether each file that was read has the same content now; a pipe can be read but once. */
  boolean areAsRead() {
    return digests.entrySet().stream()
        .allMatch(entry -> isPipe(entry.getKey()) || now(entry.getKey()).equals(entry.getValue()));
  }

  private static boolean isPipe(Path file) {
    return Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file);
  }

  private static byte[] content(Path file) throws IOException {
    try (InputStream from = Files.newInputStream(file)) {
      byte[] content = from.readNBytes(MOST + 1);
      if (content.length > MOST) {
        throw new IOException("The file is larger than 16 MiB");
      }
      return content;
    }
  }

  private static String now(Path file) {
    try {
      return digest(content(file));
    } catch (IOException e) {
      return UNREADABLE;
    }
  }

  private static String digest(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException("This JDK has no SHA-256", everyJdkHasIt);
    }
  }
}
