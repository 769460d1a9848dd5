package dev.countersign.dist;

import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.dist.Installed.Ran;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherIT {
  @TempDir private static Path folder;

  private static Installed installed;

  @BeforeAll
  static void unpack() throws Exception {
    Download.assumeMade();
    installed = Installed.in(folder);
  }

  @Test
  void saysItsVersion() throws Exception {
    Ran ran = installed.run(installed.environment(), "--version");
    assertThat(ran).isEqualTo(new Ran(0, "countersign " + Download.VERSION + "\n", ""));
  }

  @Test
  void listsItsCommands() throws Exception {
    Ran ran = installed.run(installed.environment(), "--help");
    assertThat(ran.exitCode()).isZero();
    assertThat(ran.out()).contains("serve", "tour", "password-hash");
    assertThat(ran.err()).isEmpty();
  }

  @Test
  void handsOverArgumentsAndExitCodeAsTheyAre() throws Exception {
    Ran ran = installed.run(installed.environment(), "serve", "--config", "no such *.yaml");
    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err()).contains("no such *.yaml");
  }

  @Test
  void runsByASymbolicLink() throws Exception {
    Path bin = Files.createDirectories(folder.resolve("bin"));
    Files.createSymbolicLink(bin.resolve("direct"), installed.launcher());
    Path link = Files.createSymbolicLink(bin.resolve("countersign"), Path.of("direct"));
    Ran ran = installed.finished(installed.start(installed.environment(), link, "--version"));
    assertThat(ran.out()).isEqualTo("countersign " + Download.VERSION + "\n");
  }

  @Test
  void isNotLedElsewhereByCdpath() throws Exception {
    Path other = Files.createDirectories(folder.resolve("other/bin")).getParent();
    Files.createDirectories(other.resolve("lib"));
    Map<String, String> variables = installed.environment();
    variables.put("CDPATH", other.toString());
    String command = "cd \"$1\" && exec bin/countersign --version";
    Ran ran =
        installed.finished(
            installed.start(
                variables, Path.of("/bin/sh"), "-c", command, "sh", installed.home().toString()));
    assertThat(ran).isEqualTo(new Ran(0, "countersign " + Download.VERSION + "\n", ""));
  }

  @Test
  void saysThatItCannotRunInAFolderWithAColon() throws Exception {
    Path bin = Files.createDirectories(folder.resolve("a:b/bin"));
    Path launcher = Files.copy(installed.launcher(), bin.resolve("countersign"), COPY_ATTRIBUTES);
    Ran ran = installed.finished(installed.start(installed.environment(), launcher, "--version"));
    assertThat(ran.exitCode()).isEqualTo(69);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err()).contains("a:b", "colon");
  }

  @Test
  void handsOptionsToTheVirtualMachine() throws Exception {
    Map<String, String> variables = installed.environment();
    variables.put("COUNTERSIGN_JAVA_OPTS", "-Dany=*\n-Xmx64m  -XX:+PrintFlagsFinal");
    Ran ran = installed.run(variables, "--version");
    assertThat(ran.out()).containsPattern("MaxHeapSize += 67108864 ");
  }

  @Test
  void explainsAJavaHomeThatIsNoJava25AndTakesAnother() throws Exception {
    Map<String, String> variables = installed.environment();
    variables.put("JAVA_HOME", "/none");
    Path bin = Files.createDirectories(folder.resolve("java in the path"));
    Path java = Path.of(System.getProperty("java.home"), "bin/java");
    Path link = Files.createSymbolicLink(bin.resolve("java"), java);
    variables.put("PATH", bin + ":/usr/bin:/bin");
    Ran ran = installed.run(variables, "--version");
    Files.delete(link);
    assertThat(ran.exitCode()).isZero();
    assertThat(ran.out()).isEqualTo("countersign " + Download.VERSION + "\n");
    assertThat(ran.err()).contains("JAVA_HOME is /none", "no Java 25", "using /");
  }

  @Test
  void saysWhatToInstallWhereThereIsNoJava() throws Exception {
    // The usual folders of this machine may hold one, so this launcher looks for version 999.
    Path other = installed.home().resolve("bin/without-java");
    String text = Files.readString(installed.launcher());
    assertThat(text).contains("java_version=25\n");
    Files.writeString(other, text.replace("java_version=25\n", "java_version=999\n"));
    Files.setPosixFilePermissions(other, Files.getPosixFilePermissions(installed.launcher()));
    Map<String, String> variables = installed.environment();
    Ran ran = installed.finished(installed.start(variables, other, "--version"));
    assertThat(ran.exitCode()).isEqualTo(69);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err())
        .contains("install a JDK or JRE 999", "JAVA_HOME is " + variables.get("JAVA_HOME"));
  }
}
