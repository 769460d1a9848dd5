package dev.countersign.client;

import dev.countersign.protocol.authorization.AuthorizationResponse;
import dev.countersign.protocol.authorization.ResponseMode;
import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.jarm.AddressedResponse;
import dev.countersign.protocol.jarm.ResponseJwt;
import dev.countersign.protocol.jarm.ResponseVerifier;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.metadata.AuthorizationServerMetadata;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.refusal.RefusalException;
import dev.countersign.requirement.Enforces;
import java.util.List;
import java.util.Optional;

/**
 * Reads what the browser brought from the authorization endpoint, in the one mode that this client
 * asks for: plain, or signed. What comes in another mode is refused before anything of it counts,
 * so that nobody can choose the weaker one. May be called by any number of threads at once.
 */
final class AuthorizationAnswers {

  /** How an answer came to the client. */
  enum Arrival {
    QUERY,
    FRAGMENT,
    FORM
  }

  /** What an answer may hold; beside a signed one, none of it may stand. */
  private static final List<String> PLAIN =
      List.of("iss", "code", "state", "error", "error_description", "error_uri");

  private final ResponseMode mode;
  private final Optional<SignatureAlgorithm> registered;
  private final Issuer issuer;
  private final ResponseVerifier verifier;
  private final ServerDocuments documents;
  private final ServerTime time;

  /**
   * A reader of answers.
   *
   * @param mode how this client wants to be answered
   * @param registered {@code authorization_signed_response_alg}, if the client registered one
   */
  AuthorizationAnswers(
      ResponseMode mode,
      Optional<SignatureAlgorithm> registered,
      Jose jose,
      Issuer issuer,
      ClientId clientId,
      ServerDocuments documents,
      ServerTime time) {
    this.mode = mode;
    this.registered = registered;
    this.issuer = issuer;
    this.verifier = new ResponseVerifier(jose, issuer, clientId, registered);
    this.documents = documents;
    this.time = time;
  }

  /**
   * The {@code response_mode} to ask this server for.
   *
   * @throws MetadataFault if it does not answer so, or by no algorithm that this client takes
   */
  @Enforces({"MS-5.4.2-1", "JARM-8"})
  ResponseMode askedOf(Endpoints endpoints) throws MetadataFault {
    if (!mode.isSigned()) {
      return mode;
    }
    // The answer could not be verified.
    endpoints.keys();
    AuthorizationServerMetadata server = endpoints.metadata();
    if (!server.responseModesSupported().contains(mode.value())) {
      throw new MetadataFault(
          "the server does not answer by " + mode + " (response_modes_supported, JARM-8)");
    }
    List<String> taken =
        registered
            .map(one -> List.of(one.joseName()))
            .orElseGet(() -> SignatureAlgorithm.joseNames());
    List<String> offered = server.messageSigning().authorizationSigningAlgsSupported();
    if (!offered.isEmpty() && offered.stream().noneMatch(taken::contains)) {
      throw new MetadataFault(
          "the server signs no answers by "
              + String.join(", ", taken)
              + " (authorization_signing_alg_values_supported, JARM-8)");
    }
    return mode;
  }

  /**
   * The answer of this client's issuer. If it is signed, its signature is good, and so is all that
   * it says of itself; whose flow it answers is the caller's question.
   *
   * @param raw the parameters as they came, still encoded
   */
  @Enforces({"SP-5.3.3.2-5", "OA-8", "MS-5.4.2-2", "JARM-6"})
  AuthorizationResponse read(Arrival arrival, String raw) throws ClientException {
    try {
      Form answer = Form.parseQuery(raw);
      AuthorizationResponse response = mode.isSigned() ? signed(answer, arrival) : plain(answer);
      if (!response.iss().equals(issuer)) {
        throw new ProtocolViolation("SP-5.3.3.2-5", "the answer comes from another issuer");
      }
      return response;
    } catch (RefusalException e) {
      throw ProtocolViolation.of(e);
    }
  }

  /** A plain client knows no way to verify, and who sends it a JWT takes it for another. */
  @Enforces({"S-06"})
  private AuthorizationResponse plain(Form answer) throws ProtocolViolation {
    if (answer.has(ResponseJwt.PARAMETER)) {
      throw new ProtocolViolation("JARM-2", "a signed answer came that was not asked for");
    }
    return AuthorizationResponse.read(answer);
  }

  /** Nobody is asked for keys before the answer says that it is from there, for here and now. */
  @Enforces({"JARM-6", "S-05", "ATT-62", "SP-5.4.3-1"})
  private AuthorizationResponse signed(Form answer, Arrival arrival) throws ClientException {
    refuseMixed(answer);
    if (arrival != wanted()) {
      throw new ProtocolViolation(
          "MS-5.4.2-1", "the answer came in another way than by " + mode.value());
    }
    AddressedResponse addressed = verifier.open(answer, time.now());
    return addressed.verify(documents.keysFor(addressed.jws()));
  }

  /** Nothing that is not signed stands for, or beside, what is (RFC 9207 section 2.4). */
  @Enforces({"MS-5.4.2-2", "JARM-2", "OA-8", "S-06"})
  private static void refuseMixed(Form answer) throws ProtocolViolation {
    if (!answer.has(ResponseJwt.PARAMETER)) {
      throw new ProtocolViolation("MS-5.4.2-2", "the answer is not signed, as this client demands");
    }
    for (String name : PLAIN) {
      if (answer.has(name)) {
        throw new ProtocolViolation(
            name.equals("iss") ? "OA-8" : "JARM-2", name + " stands beside the signed answer");
      }
    }
  }

  private Arrival wanted() {
    return switch (mode) {
      case QUERY, JWT, QUERY_JWT -> Arrival.QUERY;
      case FRAGMENT_JWT -> Arrival.FRAGMENT;
      case FORM_POST_JWT -> Arrival.FORM;
    };
  }
}
