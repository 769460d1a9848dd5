package dev.countersign.it.mutation;

import static dev.countersign.it.mutation.SeededMutant.in;

import java.util.List;

/** Mistakes about calls of APIs that are signed in both directions. */
final class SignedCallMutants {
  static final List<SeededMutant> ALL =
      List.of(
          // A payment is sent a second time because somebody in between says so.
          in(
              "client",
              "client.SignedCall",
              "return ASKING.contains(method);",
              "return true;",
              "ATT-64"),
          in(
              "client",
              "client.SignedCall",
              "      verified(demand);\n      return true;",
              "      if (demand.status() != 401) {\n        verified(demand);\n      }\n"
                  + "      return true;",
              "ATT-64"),
          // The answer to one payment is that to an equal one of the same second.
          in(
              "client",
              "client.SignedCall",
              "Optional.of(SignatureNonce.random(signatures.random()))",
              "Optional.empty()",
              "ATT-64"),
          // A redirect that somebody in between added is followed.
          in(
              "client",
              "client.ResourceResponse",
              "signature.map(VerifiedResponseSignature::signedFields).orElseGet(answer::headers)",
              "answer.headers()",
              "ATT-64"),
          // A signature by ES256 is sent again with its other half negated.
          in(
              "protocol",
              "protocol.httpsig.LabelledSignature",
              "System.arraycopy(signature.value(), 0, both,",
              "System.arraycopy(signature.value(), HALF, both,",
              "S-10"),
          // One member of a field is signed, and all of it counts as signed.
          in(
              "protocol",
              "protocol.httpsig.Signed",
              "        .filter(Component::isWholeField)\n",
              "        .filter(component -> !component.isDerived())\n",
              "HS-5.3.2.1-N"),
          in("resource", "resource.ResponseSigner", "    more.addAll(own);\n", "", "HS-5.3.2.1-N"),
          // A payment by certificate is booked as often as it comes.
          in(
              "resource",
              "resource.Admission",
              "signature.proof().ifPresent(signed -> proofs.useUp(signed, now))",
              "{}",
              "S-10"),
          in(
              "resource",
              "resource.ProofUse",
              "throw notSigned(\"the signature is older than this server\");",
              "return;",
              "S-10"),
          // So is one whose nonce has expired, for whoever asks the client for another.
          in(
              "resource",
              "resource.Admission",
              "demandsNonce(e) && signatures.clients().isPresent()",
              "false",
              "S-10",
              "ATT-64"),
          in(
              "resource",
              "resource.ProofUse",
              ".filter(proof.replayableUntil()::isBefore)",
              ".filter(longer -> false)",
              "S-10",
              "ATT-64"));

  private SignedCallMutants() {}
}
