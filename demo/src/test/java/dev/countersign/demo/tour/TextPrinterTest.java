package dev.countersign.demo.tour;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.demo.scene.Party;
import dev.countersign.demo.story.Detail;
import dev.countersign.demo.story.Refused;
import dev.countersign.demo.story.Sight;
import dev.countersign.demo.story.Signed;
import dev.countersign.requirement.RequirementId;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TextPrinterTest {
  private static final TourLine.Message MESSAGE =
      new TourLine.Message(
          7,
          "token",
          Party.CLIENT,
          Party.SERVER,
          "POST",
          URI.create("https://localhost:8443/token"),
          400,
          List.of(new Detail("scope", "openid accounts")),
          List.of(
              new Signed(
                  "DPoP proof",
                  "ES256",
                  "the client's DPoP key",
                  "abcdefgh...",
                  List.of(new Detail("htm", "POST")))),
          List.of(new Detail("error", "invalid_grant")),
          Optional.of(new Refused(RequirementId.of("OA-6"), "the code is not valid")),
          List.of(new Sight(RequirementId.of("DP-1"), "one proof")),
          List.of(new Sight(RequirementId.of("DP-2"), "its type")));

  @Test
  void putsAMessageIntoColumns() {
    assertThat(print(false, MESSAGE))
        .containsExactly(
            "",
            "[ 7] client -> authorization server" + " ".repeat(42) + "400",
            "     POST https://localhost:8443/token",
            "     sends      scope=\"openid accounts\"",
            "     signed     DPoP proof, ES256 by the client's DPoP key, key abcdefgh...",
            "                  htm=POST",
            "     answers    error=invalid_grant",
            "     refused by OA-6: the code is not valid",
            "     meets      DP-1",
            "     MISSES     DP-2: its type");
  }

  @Test
  void changesNothingButColourOnATerminal() {
    List<String> coloured = print(true, MESSAGE);
    assertThat(String.join("", coloured)).contains("\u001b[31m400\u001b[0m");
    assertThat(coloured.stream().map(line -> line.replaceAll("\u001b\\[[0-9]+m", "")))
        .containsExactlyElementsOf(print(false, MESSAGE));
  }

  private static List<String> print(boolean colour, TourLine line) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new TextPrinter(new PrintStream(out, true, UTF_8), colour).print(line);
    return out.toString(UTF_8).lines().toList();
  }
}
