package dev.countersign.demo.scene;

import dev.countersign.edge.Handler;
import java.net.URI;
import java.util.function.UnaryOperator;

/**
 * A port of this machine at which a server of the stage listens: known before it is known who
 * answers there. Answers 503 until then.
 */
public final class Door {
  private final URI origin;
  private final LateHandler behind;
  private final Wire wire;
  private final UnaryOperator<Handler> between;

  Door(URI origin, LateHandler behind, Wire wire) {
    this(origin, behind, wire, UnaryOperator.identity());
  }

  private Door(URI origin, LateHandler behind, Wire wire, UnaryOperator<Handler> between) {
    this.origin = origin;
    this.behind = behind;
    this.wire = wire;
    this.between = between;
  }

  /**
   * The same door with somebody right behind it, who gets every message first, both ways. The wire
   * overhears what comes from there and what is answered there, not what is made of it.
   */
  public Door with(UnaryOperator<Handler> somebody) {
    return new Door(origin, behind, wire, somebody);
  }

  /** Its address, such as {@code https://localhost:8443}, without a path. */
  public URI origin() {
    return origin;
  }

  /** Lets {@code handler} answer here from now on. Nobody overhears it. */
  public void serve(Handler handler) {
    behind.set(between.apply(handler));
  }

  /** Lets {@code handler} answer here from now on as {@code party}, overheard by the wire. */
  public void serve(Party party, Handler handler) {
    behind.set(between.apply(wire.tap(party, origin, handler)));
  }
}
