package dev.countersign.client;

import dev.countersign.protocol.authorization.AuthorizationResponse;
import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.jarm.AddressedResponse;
import dev.countersign.protocol.jarm.ResponseJwt;
import dev.countersign.protocol.jarm.ResponseVerifier;
import dev.countersign.protocol.refusal.RefusalException;
import dev.countersign.requirement.Enforces;
import java.util.List;
import java.util.Optional;

/**
 * Reads what a browser brought to the redirect URI, plain or signed, as the client asked for it and
 * no other way. May be called by any number of threads at once.
 */
final class AuthorizationAnswers {

  /** What an answer says; beside a signed one it says nothing. */
  private static final List<String> PLAIN = List.of("code", "error", "state", "iss");

  private final Optional<ResponseVerifier> signed;
  private final ServerDocuments documents;
  private final ServerTime time;

  /**
   * An answer of one server to one client.
   *
   * @param signed what verifies signed answers; empty if they are not signed
   */
  AuthorizationAnswers(
      Optional<ResponseVerifier> signed, ServerDocuments documents, ServerTime time) {
    this.signed = signed;
    this.documents = documents;
    this.time = time;
  }

  AuthorizationResponse read(String raw) throws ClientException {
    try {
      Form form = Form.parseQuery(raw);
      return signed.isPresent() ? verified(signed.get(), form) : plain(raw, form);
    } catch (RefusalException e) {
      throw ProtocolViolation.of(e);
    }
  }

  @Enforces({"SP-5.3.3.2-5", "OA-8"})
  private static AuthorizationResponse plain(String raw, Form form) throws ProtocolViolation {
    if (form.has(ResponseJwt.PARAMETER)) {
      throw new ProtocolViolation("JARM-2", "the answer is signed, which nobody asked for");
    }
    return AuthorizationResponse.read(raw);
  }

  /** Keys are fetched for an answer of the right issuer, to this client and of now; then all. */
  @Enforces({"MS-5.4.2-2", "JARM-6", "ATT-62", "OA-8"})
  private AuthorizationResponse verified(ResponseVerifier verifier, Form form)
      throws ClientException {
    if (PLAIN.stream().anyMatch(form::has)) {
      throw new ProtocolViolation("MS-5.4.2-2", "the answer says something that is not signed");
    }
    AddressedResponse addressed = verifier.open(form, time.now());
    return addressed.verify(documents.keysFor(addressed.jws()));
  }
}
