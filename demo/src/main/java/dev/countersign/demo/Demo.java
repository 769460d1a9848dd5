package dev.countersign.demo;

import dev.countersign.client.FlowRequest;
import dev.countersign.demo.app.SunnyBudget;
import dev.countersign.demo.ca.KeptAuthority;
import dev.countersign.demo.ca.UnusableFolderException;
import dev.countersign.demo.scene.Cast;
import dev.countersign.demo.scene.Door;
import dev.countersign.demo.scene.Party;
import dev.countersign.demo.scene.Person;
import dev.countersign.demo.scene.Scene;
import dev.countersign.demo.scene.Signing;
import dev.countersign.demo.scene.Stage;
import dev.countersign.demo.viewer.FlowViewer;
import dev.countersign.edge.CannotListenException;
import dev.countersign.protocol.authorization.Prompt;
import dev.countersign.protocol.grants.GrantManagement;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.oauth.RedirectUri;
import dev.countersign.remote.RemoteException;
import dev.countersign.server.browser.InteractionUrls;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/**
 * The demonstration for a browser: authorization server, bank, a third party's web application and
 * the viewer of their messages in one process, each at a door of its own that listens on 127.0.0.1
 * alone. What they keep is fresh at every start and gone when it is closed; only the authority that
 * a person trusts is kept.
 *
 * <p>The authorization server is addressed by 127.0.0.1 and the others by localhost. That makes two
 * sites of them, as in life: neither sees the other's cookies. And a browser keeps the server's
 * Strict-Transport-Security for no address (RFC 6797 section 8.1.1), while for the name localhost
 * it would lock out every other program on this machine that speaks plain HTTP.
 */
public final class Demo implements AutoCloseable {
  private static final String ANNAS_PASSWORD = "anna-demo-only";
  private static final String BENS_PASSWORD = "ben-demo-only";

  private final Stage stage;
  private final KeptAuthority authority;
  private final Scene scene;
  private final Doors doors;

  private Demo(Stage stage, KeptAuthority authority, Scene scene, Doors doors) {
    this.stage = stage;
    this.authority = authority;
    this.scene = scene;
    this.doors = doors;
  }

  /** The parts that have a door. */
  public enum Part {
    /** The authorization server. */
    SERVER,
    /** The bank's API. */
    BANK,
    /** The third party's web application. */
    APP,
    /** The flow viewer. */
    VIEWER
  }

  /**
   * Where to listen, 0 to 65535 each; 0 finds a free one.
   *
   * @param server of the authorization server
   * @param bank of the bank's API
   * @param app of the web application
   * @param viewer of the flow viewer
   */
  public record Ports(int server, int bank, int app, int viewer) {
    /** Free ones. */
    public static final Ports FREE = new Ports(0, 0, 0, 0);
  }

  /**
   * What can be chosen.
   *
   * @param folder where the authority is kept that a person trusts
   * @param jose all cryptography of the parties
   * @param clock the time of all parties; certificates are of the real time, as TLS is
   * @param signing what is signed
   */
  public record Settings(
      Ports ports, Path folder, Jose jose, InstantSource clock, Signing signing) {

    /** The demonstration of the Security Profile. */
    public Settings(Ports ports, Path folder, Jose jose, InstantSource clock) {
      this(ports, folder, jose, clock, Signing.AS_EVER);
    }
  }

  private record Doors(Door server, Door bank, Door app, Door viewer) {}

  /**
   * Starts everybody; they answer when this returns.
   *
   * @throws DoorBlockedException if a port is busy or cannot be listened on
   * @throws UnusableFolderException if the authority cannot be kept in the folder
   */
  public static Demo start(Settings settings) throws DoorBlockedException, UnusableFolderException {
    KeptAuthority authority =
        KeptAuthority.in(settings.folder(), InstantSource.system().instant(), new SecureRandom());
    Stage stage = new Stage(new Stage.Settings(settings.jose(), settings.clock(), authority.ca()));
    try {
      return open(stage, authority, settings);
    } catch (DoorBlockedException | RuntimeException | Error e) {
      stage.close();
      throw e;
    }
  }

  private static Demo open(Stage stage, KeptAuthority authority, Settings settings)
      throws DoorBlockedException {
    Ports ports = settings.ports();
    Doors doors =
        new Doors(
            door(stage, Part.SERVER, "127.0.0.1", ports.server()),
            door(stage, Part.BANK, "localhost", ports.bank()),
            door(stage, Part.APP, "localhost", ports.app()),
            door(stage, Part.VIEWER, "localhost", ports.viewer()));
    Scene scene =
        Scene.open(
            stage,
            doors.server(),
            doors.bank(),
            new RedirectUri(doors.app().origin() + SunnyBudget.CALLBACK),
            List.of(Cast.anna(ANNAS_PASSWORD), Cast.ben(BENS_PASSWORD)),
            settings.signing());
    doors
        .app()
        .serve(
            Party.CLIENT,
            new SunnyBudget(
                scene.client(),
                // To connect is the person's decision, each time: also after a disconnection.
                FlowRequest.of(Cast.ASKED.toString())
                    .withPrompt(Set.of(Prompt.CONSENT))
                    .withGrantManagement(GrantManagement.create()),
                doors.server().origin(),
                myGrants(doors),
                doors.bank().origin(),
                stage.clock(),
                stage.random(),
                stage.wire()::refused));
    // Kept after its door, so that it is closed before it: then nobody waits there any more.
    FlowViewer viewer = stage.keep(FlowViewer.of(scene, doors.viewer().origin(), keys(scene)));
    doors.viewer().serve(viewer);
    return new Demo(stage, authority, scene, doors);
  }

  private static URI myGrants(Doors doors) {
    return new InteractionUrls(new Issuer(doors.server().origin().toString())).myGrants();
  }

  /** What the viewer tells signatures of the server by, before anybody asks for its keys. */
  private static JsonObject keys(Scene scene) {
    try {
      return scene.serverKeys();
    } catch (RemoteException e) {
      throw new IllegalStateException("the server that was just started does not answer", e);
    }
  }

  private static Door door(Stage stage, Part part, String host, int port)
      throws DoorBlockedException {
    try {
      return stage.door(host, port);
    } catch (CannotListenException e) {
      throw new DoorBlockedException(part, e);
    }
  }

  /** The authorization server. */
  public URI server() {
    return doors.server().origin();
  }

  /** Where people see at the bank whom they allowed what, and end it. */
  public URI myGrants() {
    return myGrants(doors);
  }

  /** The bank's API. */
  public URI bank() {
    return doors.bank().origin();
  }

  /** The third party's web application: what a person opens first. */
  public URI app() {
    return doors.app().origin();
  }

  /** The flow viewer: the messages of the others as they happen. */
  public URI viewer() {
    return doors.viewer().origin();
  }

  /** Who can log in. Their passwords are the same at every start and worth nothing elsewhere. */
  public List<Person> people() {
    return scene.people();
  }

  /** The authority that a browser must trust. */
  public KeptAuthority authority() {
    return authority;
  }

  /** Everybody, for who wants to listen. */
  public Scene scene() {
    return scene;
  }

  @Override
  public void close() {
    stage.close();
  }
}
