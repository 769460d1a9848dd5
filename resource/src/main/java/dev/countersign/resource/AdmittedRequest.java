package dev.countersign.resource;

import dev.countersign.protocol.http.FapiInteractionId;
import dev.countersign.protocol.httpsig.VerifiedRequestSignature;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.protocol.resourcerequest.Wanted;
import dev.countersign.requirement.Enforces;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A request that was let through, with what it takes to answer it, or refuse it after all. */
final class AdmittedRequest implements Verdict.Admitted {
  private final Access access;
  private final byte[] body;
  private final Optional<VerifiedRequestSignature> signature;
  private final Answers answers;

  /**
   * Keeps its parts.
   *
   * @param body was checked; empty if nobody had to
   * @param signature of the request; empty if nobody wanted one
   */
  AdmittedRequest(
      Access access, byte[] body, Optional<VerifiedRequestSignature> signature, Answers answers) {
    this.access = access;
    this.body = body;
    this.signature = signature;
    this.answers = answers;
  }

  @Override
  public Access access() {
    return access;
  }

  @Override
  public byte[] body() {
    return body.clone();
  }

  @Override
  public Optional<VerifiedRequestSignature> requestSignature() {
    return signature;
  }

  @Override
  public FapiInteractionId interactionId() {
    return answers.interactionId();
  }

  @Override
  public List<Map.Entry<String, String>> headers() {
    return answers.headers();
  }

  @Override
  public boolean signsResponse() {
    return answers.signer().signs();
  }

  @Override
  @Enforces({"HS-5.3.2.1-1"})
  public List<Map.Entry<String, String>> sign(
      int status, List<Map.Entry<String, String>> fields, byte[] content) {
    return answers.signer().sign(status, fields, content);
  }

  @Override
  @Enforces({"OA-9"})
  public Verdict.Refused refuse(DetailVerdict.Refused why) {
    // No scope is named: more of it would not help, as it is the details that do not allow this.
    return answers.refusal(why.refusal(), Wanted.of(Scope.NONE));
  }
}
