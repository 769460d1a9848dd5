package dev.countersign.demo.scene;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class DemoFolderTest {

  @Test
  void isGoneWithAllInItWhenClosed() throws Exception {
    Path path;
    try (DemoFolder folder = DemoFolder.create()) {
      path = folder.path();
      Files.createDirectory(path.resolve("inner"));
      Files.writeString(path.resolve("inner").resolve("file"), "text");
      assertThat(path).isDirectory();
    }
    assertThat(path).doesNotExist();
  }
}
