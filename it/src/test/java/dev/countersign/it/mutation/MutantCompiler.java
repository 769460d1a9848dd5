package dev.countersign.it.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles mutants, each into a folder of its own. */
final class MutantCompiler {
  private MutantCompiler() {}

  /** Compiles the broken class alone against all that is right. */
  static void compile(SeededMutant mutant, Path out) throws IOException {
    Module module = Module.named(mutant.module());
    Path source = module.source(mutant.className());
    String text = Files.readString(source);
    assertThat(mutant.places(text)).as("%s stands once in %s", mutant.right(), source).isOne();
    Path broken = Files.createDirectories(out.resolve("source")).resolve(source.getFileName());
    Files.writeString(broken, mutant.breaking(text));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter said = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      List<String> options =
          List.of("-proc:none", "-nowarn", "-d", out.toString(), "-cp", module.classPathAfter());
      assertThat(
              compiler
                  .getTask(said, files, null, options, null, files.getJavaFileObjects(broken))
                  .call())
          .as("the mutant compiles: %s", said)
          .isTrue();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
