package dev.countersign.demo.scene;

import dev.countersign.edge.Handler;
import java.net.URI;

/**
 * A port of this machine at which a server of the stage listens: known before it is known who
 * answers there. Answers 503 until then.
 */
public final class Door {
  private final URI origin;
  private final LateHandler behind;
  private final Wire wire;

  Door(URI origin, LateHandler behind, Wire wire) {
    this.origin = origin;
    this.behind = behind;
    this.wire = wire;
  }

  /** Its address, such as {@code https://localhost:8443}, without a path. */
  public URI origin() {
    return origin;
  }

  /** Lets {@code handler} answer here from now on. Nobody overhears it. */
  public void serve(Handler handler) {
    behind.set(handler);
  }

  /** Lets {@code handler} answer here from now on as {@code party}, overheard by the wire. */
  public void serve(Party party, Handler handler) {
    behind.set(wire.tap(party, origin, handler));
  }
}
