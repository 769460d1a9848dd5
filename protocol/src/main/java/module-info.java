import org.jspecify.annotations.NullMarked;

/**
 * Every rule about a single message, for both roles: no I/O, no clock, no store.
 *
 * <p>Time, randomness and cryptography are passed in. The libraries behind JSON and JOSE stay
 * behind: no public signature shows them.
 */
@NullMarked
module dev.countersign.protocol {
  requires transitive dev.countersign.requirements;
  requires com.nimbusds.jose.jwt;
  requires tools.jackson.core;
  requires java.naming;
  requires static org.jspecify;

  exports dev.countersign.protocol.accesstoken;
  exports dev.countersign.protocol.authorization;
  exports dev.countersign.protocol.clientauth;
  exports dev.countersign.protocol.dpop;
  exports dev.countersign.protocol.grants;
  exports dev.countersign.protocol.http;
  exports dev.countersign.protocol.httpsig;
  exports dev.countersign.protocol.idtoken;
  exports dev.countersign.protocol.jar;
  exports dev.countersign.protocol.jose;
  exports dev.countersign.protocol.introspection;
  exports dev.countersign.protocol.jarm;
  exports dev.countersign.protocol.json;
  exports dev.countersign.protocol.metadata;
  exports dev.countersign.protocol.mtls;
  exports dev.countersign.protocol.oauth;
  exports dev.countersign.protocol.par;
  exports dev.countersign.protocol.pkce;
  exports dev.countersign.protocol.rar;
  exports dev.countersign.protocol.rar.ready;
  exports dev.countersign.protocol.refusal;
  exports dev.countersign.protocol.resourcerequest;
  exports dev.countersign.protocol.revocation;
  exports dev.countersign.protocol.revocationfeed;
  exports dev.countersign.protocol.structured;
  exports dev.countersign.protocol.token;
}
