package dev.countersign.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.demo.Demo;
import dev.countersign.demo.scene.Signing;
import dev.countersign.protocol.jose.Jose;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DemoCommandTest {
  @TempDir private Path folder;

  @Test
  void saysWhatToOpenWhoCanLogInWhatToTrustAndHowToStop() throws Exception {
    Path kept = folder.resolve("it's kept");
    try (Demo demo =
        Demo.start(new Demo.Settings(Demo.Ports.FREE, kept, Jose.jdk(), InstantSource.system()))) {
      String text = String.join("\n", new DemoText(demo).lines());
      assertThat(text)
          .contains(
              "Open this first       " + demo.app(),
              demo.server().toString(),
              demo.bank().toString(),
              "See the messages      " + demo.viewer(),
              "Who has access        " + demo.server() + "/my-grants",
              "anna, password anna-demo-only  (demo only)",
              "ben, password ben-demo-only  (demo only)",
              "never use it for anything real",
              kept.resolve("ca.pem").toString(),
              demo.authority().fingerprint(),
              "certutil -d sql:$HOME/.pki/nssdb -A -t C,, -n countersign-demo -i '"
                  + folder
                  + "/it'\\''s kept/ca.pem'",
              "security add-trusted-cert -r trustRoot -p ssl -k",
              "certutil -user -addstore Root",
              "curl --cacert",
              "Ctrl-C")
          .doesNotContain("Every message is signed");
    }
  }

  @Test
  void saysThatEveryMessageIsSigned() throws Exception {
    Path kept = folder.resolve("kept");
    try (Demo demo =
        Demo.start(
            new Demo.Settings(
                Demo.Ports.FREE,
                kept,
                Jose.jdk(),
                InstantSource.system(),
                Signing.EVERY_MESSAGE))) {
      assertThat(new DemoText(demo).lines())
          .contains(
              "Every message is signed: FAPI 2.0 Message Signing, and HTTP Signatures (draft).");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"--as-port", "--api-port", "--app-port", "--viewer-port"})
  void saysThatAPortIsBusyAndWhichOptionHelps(String option) throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = String.valueOf(taken.getLocalPort());
      Ran demo =
          Ran.command(
              Stream.concat(
                      Stream.of("demo", "--crypto=jdk", "--folder=" + folder.resolve("kept")),
                      Stream.of("--as-port", "--api-port", "--app-port", "--viewer-port")
                          .map(name -> name + "=" + (name.equals(option) ? port : "0")))
                  .toArray(String[]::new));
      assertThat(demo.exitCode()).isEqualTo(69);
      assertThat(demo.err().lines()).hasSize(1);
      assertThat(demo.err()).contains(port, "in use", option);
      assertThat(demo.out()).isEmpty();
    }
  }

  @Test
  void saysThatTheFolderCannotBeUsed() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "");
    Ran demo = Ran.command("demo", "--crypto=jdk", "--folder", file.toString());
    assertThat(demo.exitCode()).isEqualTo(69);
    assertThat(demo.err().lines()).hasSize(1);
    assertThat(demo.err()).contains(file.toString()).doesNotContain("Exception");
  }

  @Test
  void keepsWhereTheDesktopsSpecificationSays() {
    Path home = Path.of("/home/anna");
    Path usual = home.resolve(".local/state/countersign/demo");
    assertThat(StateFolder.ofDemo(Optional.empty(), home)).isEqualTo(usual);
    assertThat(StateFolder.ofDemo(Optional.of(""), home)).isEqualTo(usual);
    assertThat(StateFolder.ofDemo(Optional.of("relative"), home)).isEqualTo(usual);
    assertThat(StateFolder.ofDemo(Optional.of("/state"), home))
        .isEqualTo(Path.of("/state/countersign/demo"));
  }
}
