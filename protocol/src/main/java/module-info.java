import org.jspecify.annotations.NullMarked;

/** Every rule about a single message, for both roles: no I/O, no clock, no store. */
@NullMarked
module dev.countersign.protocol {
  requires transitive dev.countersign.requirements;
  requires com.nimbusds.jose.jwt;
  requires tools.jackson.databind;
  requires static org.jspecify;

  exports dev.countersign.protocol;
}
