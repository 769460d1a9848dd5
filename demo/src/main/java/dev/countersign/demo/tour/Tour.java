package dev.countersign.demo.tour;

import dev.countersign.client.ClientException;
import dev.countersign.client.FapiClient;
import dev.countersign.client.Tokens;
import dev.countersign.demo.scene.Scene;
import dev.countersign.demo.story.KeyRing;
import dev.countersign.demo.story.Observations;
import dev.countersign.demo.story.Story;
import dev.countersign.edge.CannotListenException;
import dev.countersign.protocol.jose.Jose;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The whole tour: sets the stage, lets the journey and the attacks happen over HTTPS, tells
 * everything to a printer, and says at the end whether all went as it must.
 */
public final class Tour {
  private final Settings settings;
  private final Observations observations;

  /** The tour with these settings; nothing is started yet. */
  public Tour(Settings settings) {
    this(settings, Observations.standard());
  }

  /** The tour with another table of what must be seen, for tests. */
  Tour(Settings settings, Observations observations) {
    this.settings = settings;
    this.observations = observations;
  }

  /**
   * What can be chosen.
   *
   * @param asPort of the authorization server, 0 to 65535; 0 finds a free one
   * @param apiPort of the bank, likewise
   * @param jose all cryptography of the three parties
   */
  public record Settings(int asPort, int apiPort, Jose jose) {

    Scene.Settings forScene() {
      return new Scene.Settings(asPort, apiPort, jose, InstantSource.system());
    }
  }

  /**
   * Runs it once and clears the stage. Each run has keys, certificates and a store of its own.
   *
   * @return how it ended, which was printed as the last line too
   * @throws CannotListenException if a chosen port is busy; nothing was printed then
   */
  public TourLine.Summary run(TourPrinter printer) throws CannotListenException {
    long start = System.nanoTime();
    try (Scene.Open open = Scene.open(settings.forScene())) {
      Scene scene = open.scene();
      Narrator narrator =
          new Narrator(
              scene.wire(),
              KeyRing.of(scene),
              new Story(open.addresses().issuer()),
              observations,
              printer);
      printer.print(
          new TourLine.Opening(
              open.addresses().issuer().uri(),
              open.addresses().bank(),
              settings.jose().providerName()));
      Optional<String> failure = play(open, narrator);
      TourLine.Summary summary =
          new TourLine.Summary(
              failure.isEmpty(),
              failure,
              narrator.messages(),
              narrator.requirementsMet(),
              narrator.attacksRefused(),
              Duration.ofNanos(System.nanoTime() - start));
      printer.print(summary);
      return summary;
    }
  }

  /** What went wrong; empty if nothing did. */
  private static Optional<String> play(Scene.Open open, Narrator narrator) {
    Scene scene = open.scene();
    Scene.Addresses at = open.addresses();
    FapiClient client = scene.client(at.issuer());
    ByHand byHand = new ByHand(scene, at.issuer(), scene.http());
    try {
      Tokens tokens = new Journey(scene, at.bank(), client, byHand, narrator).run();
      new Attacks(client, byHand, narrator).run(tokens, at.bank());
      return Optional.empty();
    } catch (TourFailure e) {
      narrator.hearTheRest();
      return Optional.of(String.valueOf(e.getMessage()));
    } catch (ClientException e) {
      narrator.hearTheRest();
      return Optional.of("the client stopped: " + e.getMessage());
    } catch (IOException e) {
      narrator.hearTheRest();
      return Optional.of("the browser stopped: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of("the tour was interrupted");
    }
  }
}
