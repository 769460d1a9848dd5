package dev.countersign.demo.tour;

import dev.countersign.client.ClientException;
import dev.countersign.client.FapiClient;
import dev.countersign.client.Tokens;
import dev.countersign.demo.ca.LocalCa;
import dev.countersign.demo.scene.Cast;
import dev.countersign.demo.scene.DemoSecrets;
import dev.countersign.demo.scene.Scene;
import dev.countersign.demo.scene.Signing;
import dev.countersign.demo.scene.Stage;
import dev.countersign.demo.story.KeyRing;
import dev.countersign.demo.story.Observations;
import dev.countersign.demo.story.Story;
import dev.countersign.demo.story.Teller;
import dev.countersign.edge.CannotListenException;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.remote.RemoteException;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The whole tour: sets the stage, lets the journey and the attacks happen over HTTPS, tells
 * everything to a printer, and says at the end whether all went as it must.
 */
public final class Tour {
  private final Settings settings;
  private final Observations observations;
  private final Consumer<Scene> spectator;

  /** The tour with these settings; nothing is started yet. */
  public Tour(Settings settings) {
    this(settings, Observations.of(settings.signing()), _ -> {});
  }

  /**
   * The tour with another table of what must be seen, and somebody who sees the scene before it
   * begins, for tests.
   */
  Tour(Settings settings, Observations observations, Consumer<Scene> spectator) {
    this.settings = settings;
    this.observations = observations;
    this.spectator = spectator;
  }

  /**
   * What can be chosen.
   *
   * @param asPort of the authorization server, 0 to 65535; 0 finds a free one
   * @param apiPort of the bank, likewise
   * @param jose all cryptography of the three parties
   * @param signing what is signed
   */
  public record Settings(int asPort, int apiPort, Jose jose, Signing signing) {
    /** The tour of the Security Profile. */
    public Settings(int asPort, int apiPort, Jose jose) {
      this(asPort, apiPort, jose, Signing.AS_EVER);
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
    Relay relay = new Relay();
    try (Stage stage = stage()) {
      Scene scene =
          Scene.open(
              stage,
              stage.door("localhost", settings.asPort()),
              stage.door("localhost", settings.apiPort()).with(relay::before),
              Cast.UNATTENDED,
              List.of(Cast.anna(DemoSecrets.password(stage.random()))),
              settings.signing());
      spectator.accept(scene);
      Narrator narrator = narrator(scene, printer);
      printer.print(
          new TourLine.Opening(
              scene.addresses().issuer().uri(),
              scene.addresses().bank(),
              settings.jose().providerName(),
              settings.signing()));
      Optional<String> failure = play(scene, narrator, relay);
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

  private Stage stage() {
    InstantSource clock = InstantSource.system();
    LocalCa ca = LocalCa.create(clock.instant(), new SecureRandom());
    return new Stage(new Stage.Settings(settings.jose(), clock, ca));
  }

  private Narrator narrator(Scene scene, TourPrinter printer) {
    Heard heard = new Heard();
    scene.stage().wire().listen(heard);
    Story story = new Story(scene.addresses().issuer(), scene.addresses().redirectUri());
    Teller teller = new Teller(KeyRing.of(scene), story, observations);
    return new Narrator(heard, teller, story, scene.signing(), printer);
  }

  /** What went wrong; empty if nothing did. */
  private static Optional<String> play(Scene scene, Narrator narrator, Relay relay) {
    FapiClient client = scene.client();
    ByHand byHand = new ByHand(scene);
    try {
      if (scene.signing().isOfMessages()) {
        // The server signs its response before anybody has asked for its keys.
        narrator.learn(scene.serverKeys());
      }
      Tokens tokens = new Journey(scene, client, byHand, narrator).run();
      SignedAttacks more = new SignedAttacks(scene, client, byHand, narrator, relay);
      new Attacks(client, byHand, narrator, more).run(tokens, scene.addresses().bank());
      return Optional.empty();
    } catch (TourFailure e) {
      narrator.hearTheRest();
      return Optional.of(String.valueOf(e.getMessage()));
    } catch (ClientException e) {
      narrator.hearTheRest();
      return Optional.of("the client stopped: " + e.getMessage());
    } catch (RemoteException e) {
      return Optional.of("the server that was just started does not answer");
    } catch (IOException e) {
      narrator.hearTheRest();
      return Optional.of("the browser stopped: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of("the tour was interrupted");
    }
  }
}
