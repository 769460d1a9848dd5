package dev.countersign.demo.tour;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.demo.scene.Scene;
import dev.countersign.demo.scene.Signing;
import dev.countersign.demo.story.Detail;
import dev.countersign.demo.story.KeyRing;
import dev.countersign.demo.story.Observations;
import dev.countersign.demo.story.Story;
import dev.countersign.demo.story.Teller;
import dev.countersign.demo.story.Told;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.remote.RemoteException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/**
 * One run of the tour, with all it told, how it looked in both forms, and what somebody recognised
 * who listened without knowing the script.
 */
record Recorded(
    TourLine.Summary summary,
    List<TourLine> lines,
    List<Told> recognised,
    String text,
    String json) {

  /** With nothing signed but what ever is. */
  static Recorded run(Observations observations) throws Exception {
    return run(Signing.AS_EVER, observations);
  }

  static Recorded run(Signing signing, Observations observations) throws Exception {
    List<TourLine> lines = new ArrayList<>();
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    TourPrinter asText = new TextPrinter(new PrintStream(text, true, UTF_8), false);
    TourPrinter asJson = new JsonPrinter(new PrintStream(json, true, UTF_8));
    List<Told> recognised = new ArrayList<>();
    TourLine.Summary summary =
        new Tour(
                new Tour.Settings(0, 0, Jose.jdk(), signing),
                observations,
                scene -> listen(scene, observations, recognised))
            .run(
                line -> {
                  lines.add(line);
                  asText.print(line);
                  asJson.print(line);
                });
    return new Recorded(
        summary,
        List.copyOf(lines),
        List.copyOf(recognised),
        text.toString(UTF_8),
        json.toString(UTF_8));
  }

  private static void listen(Scene scene, Observations observations, List<Told> recognised) {
    Story story = new Story(scene.addresses().issuer(), scene.addresses().redirectUri());
    Teller teller = new Teller(KeyRing.of(scene), story, observations);
    try {
      teller.learn(scene.serverKeys());
    } catch (RemoteException e) {
      throw new IllegalStateException(e);
    }
    scene.stage().wire().listen(exchange -> recognised.add(teller.tell(exchange)));
  }

  /** Who listens without the script hears the same, and misses nothing. */
  void isRecognisedMessageByMessage() {
    List<String> kinds =
        recognised.stream()
            .filter(told -> !told.exchange().url().getPath().endsWith(".css"))
            .map(told -> told.kind().word())
            .toList();
    assertThat(kinds).isEqualTo(messages().stream().map(TourLine.Message::kind).toList());
    assertThat(recognised).allSatisfy(told -> assertThat(told.misses()).isEmpty());
  }

  /** Nothing that it printed is a token, a code or the like; the name of a grant is none. */
  void showsNoSecretWhole() {
    String grant =
        messages().stream()
            .flatMap(message -> message.answers().stream())
            .filter(answer -> answer.name().equals("grant_id"))
            .map(Detail::value)
            .findFirst()
            .orElseThrow();
    assertThat((text + json).replace(grant, "GRANT"))
        .doesNotContainPattern("eyJ[A-Za-z0-9_-]{9,}")
        .doesNotContainPattern("(?=[\\w-]*[0-9])(?=[\\w-]*[A-Z])[\\w-]{43}");
  }

  List<TourLine.Message> messages() {
    return only(TourLine.Message.class);
  }

  <T extends TourLine> List<T> only(Class<T> type) {
    return lines.stream().filter(type::isInstance).map(type::cast).toList();
  }
}
