package dev.countersign.server.par;

import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.jar.RequestObject;
import dev.countersign.protocol.jar.VerifiedRequestObject;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.requirement.Enforces;
import dev.countersign.server.client.KeysOfClients;
import dev.countersign.server.client.RegisteredClient;
import dev.countersign.store.OnceKey;
import java.time.Instant;
import java.util.Optional;

/** Opens the request objects of clients. Immutable. */
public final class RequestObjects {
  private final Jose jose;
  private final Issuer issuer;
  private final KeysOfClients keys;

  /**
   * Opens objects that are for the issuer.
   *
   * @param keys where the keys of the clients are
   */
  public RequestObjects(Jose jose, Issuer issuer, KeysOfClients keys) {
    this.jose = jose;
    this.issuer = issuer;
    this.keys = keys;
  }

  /**
   * What an authenticated client asks for. If it is in an object, nothing beside that counts. A
   * {@code client_id} beside it was compared when the client authenticated.
   *
   * <p>Refuses with {@code invalid_request} a request that is not signed of a client that signs,
   * and a {@code request_uri} beside an object; with {@code invalid_request_object} what {@link
   * RequestObject#read}, {@link KeysOfClients#toVerifyRequest} and {@link RequestObject#verify}
   * refuse. An object that has a {@code jti} is not used up yet.
   */
  @Enforces({"MS-5.3.1-1", "JAR-4", "JAR-5", "PAR-11"})
  OpenedRequest open(Form form, RegisteredClient client, Instant now) {
    Optional<String> object = form.value(RequestObject.PARAMETER);
    if (object.isPresent()) {
      refuseRequestUri(form);
      return opened(object.get(), client, now);
    }
    RequestPolicy.requireSigned(client, false);
    return new OpenedRequest(form, Optional.empty(), Optional.empty());
  }

  @Enforces({"PAR-3"})
  private static void refuseRequestUri(Form form) {
    if (form.has("request_uri")) {
      throw Refusal.oauth(OAuthError.INVALID_REQUEST, "PAR-3", "request_uri must not be pushed")
          .withDetail(Refusal.mismatch("request_uri", "there beside request", "none"))
          .exception();
    }
  }

  private OpenedRequest opened(String text, RegisteredClient client, Instant now) {
    RequestObject object = RequestObject.read(text);
    JwkSet candidates = keys.toVerifyRequest(client, object.algorithm(), object.kid());
    VerifiedRequestObject verified =
        object.verify(
            jose, candidates, client.messageSigning().requestAlgorithm(), client.id(), issuer, now);
    return new OpenedRequest(
        verified.parameters(),
        Optional.of(
            new OpenedRequest.Signed(
                text, JwkSet.of(candidates.select(object.algorithm(), object.kid())))),
        verified.jti().map(jti -> OnceKey.requestObject(client.id(), jti, verified.exp())));
  }
}
