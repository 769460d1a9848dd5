package dev.countersign.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.countersign.protocol.jose.Jose;
import dev.countersign.requirement.Requirement;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DemoTest {
  @TempDir private Path folder;

  private Demo start(Demo.Ports ports) throws Exception {
    return Demo.start(
        new Demo.Settings(ports, folder.resolve("kept"), Jose.jdk(), InstantSource.system()));
  }

  @Test
  void keepsTheAuthorityThatAPersonTrusts() throws Exception {
    String first;
    try (Demo demo = start(Demo.Ports.FREE)) {
      first = demo.authority().fingerprint();
      assertThat(demo.authority().isNew()).isTrue();
    }
    try (Demo demo = start(Demo.Ports.FREE)) {
      assertThat(demo.authority().fingerprint()).isEqualTo(first);
      assertThat(demo.authority().isNew()).isFalse();
    }
  }

  @Test
  void keepsNothingElseAndThatForItsOwnerOnly() throws Exception {
    try (Demo demo = start(Demo.Ports.FREE)) {
      assertThat(demo.authority().certificate()).isEqualTo(folder.resolve("kept/ca.pem"));
    }
    Path kept = folder.resolve("kept");
    assertThat(modeOf(kept)).isEqualTo("rwx------");
    try (var files = Files.list(kept)) {
      assertThat(files.toList())
          .containsExactlyInAnyOrder(kept.resolve("ca.pem"), kept.resolve("ca-key.pem"))
          .allSatisfy(file -> assertThat(modeOf(file)).isEqualTo("rw-------"));
    }
    assertThat(Files.readString(kept.resolve("ca.pem"))).doesNotContain("PRIVATE");
  }

  private static String modeOf(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  @ParameterizedTest
  @EnumSource(Demo.Part.class)
  void saysWhosePortIsBusyAndLeavesNothingOpen(Demo.Part part) throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      Demo.Ports ports =
          switch (part) {
            case SERVER -> new Demo.Ports(port, 0, 0, 0);
            case BANK -> new Demo.Ports(0, port, 0, 0);
            case APP -> new Demo.Ports(0, 0, port, 0);
            case VIEWER -> new Demo.Ports(0, 0, 0, port);
          };
      DoorBlockedException blocked =
          catchThrowableOfType(DoorBlockedException.class, () -> start(ports));
      assertThat(blocked.part()).isEqualTo(part);
      assertThat(blocked).hasMessageContaining("127.0.0.1:" + port).hasMessageContaining("in use");
    }
  }

  @Test
  void listensOnThisMachineAlone() throws Exception {
    try (Demo demo = start(Demo.Ports.FREE)) {
      for (URI door : List.of(demo.server(), demo.bank(), demo.app(), demo.viewer())) {
        assertThat(door.getHost()).isIn("localhost", "127.0.0.1");
        for (InetAddress other : InetAddress.getAllByName(hostName())) {
          if (!other.isLoopbackAddress()) {
            assertThatThrownBy(() -> new Socket(other, door.getPort()).close())
                .isInstanceOf(IOException.class);
          }
        }
      }
    }
  }

  private static String hostName() throws IOException {
    return InetAddress.getLocalHost().getHostName();
  }

  @Test
  void isGoneWhenItIsClosed() throws Exception {
    URI app;
    try (Demo demo = start(Demo.Ports.FREE)) {
      app = demo.app();
    }
    assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), app.getPort()).close())
        .isInstanceOf(IOException.class);
  }

  @Test
  void showsNoPasswordInItsTextForm() throws Exception {
    try (Demo demo = start(Demo.Ports.FREE)) {
      assertThat(demo.people()).hasSize(2);
      assertThat(demo.people())
          .allSatisfy(person -> assertThat(person.toString()).doesNotContain(person.password()));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/", "/callback", "/trouble/denied", "/accounts", "/sunny.css", "/sunny.svg"})
  @Requirement({"BCP-4.2"})
  void givesEveryAnswerOfTheAppItsHeaders(String path) throws Exception {
    try (Demo demo = start(Demo.Ports.FREE);
        TestBrowser browser = new TestBrowser(demo.authority().ca().trust())) {
      HttpResponse<String> answer =
          browser.send(HttpRequest.newBuilder(demo.app().resolve(path)).GET().build());
      assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
          .contains("default-src 'none'", "frame-ancestors 'none'", "form-action 'self'");
      assertThat(answer.headers().firstValue("Referrer-Policy")).contains("no-referrer");
      assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
      assertThat(answer.headers().firstValue("X-Frame-Options")).contains("DENY");
      // For the name localhost it would reach every other program on this machine.
      assertThat(answer.headers().firstValue("Strict-Transport-Security")).isEmpty();
      assertThat(answer.headers().allValues("Set-Cookie"))
          .allSatisfy(
              cookie ->
                  assertThat(cookie)
                      .startsWith("__Host-sunny-budget-session=")
                      .contains("; Path=/", "; Secure", "; HttpOnly", "; SameSite=Lax"));
    }
  }

  @Test
  void knowsNoOtherMethods() throws Exception {
    try (Demo demo = start(Demo.Ports.FREE);
        TestBrowser browser = new TestBrowser(demo.authority().ca().trust())) {
      HttpResponse<String> answer =
          browser.send(HttpRequest.newBuilder(demo.app()).DELETE().build());
      assertThat(answer.statusCode()).isEqualTo(405);
      assertThat(answer.headers().firstValue("Allow")).contains("GET, POST");
    }
  }
}
