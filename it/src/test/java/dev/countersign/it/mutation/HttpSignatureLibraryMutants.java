package dev.countersign.it.mutation;

import static dev.countersign.it.mutation.SeededMutant.in;

import java.util.List;

/** Mistakes with signed messages in the libraries of clients and resource servers. */
final class HttpSignatureLibraryMutants {
  static final List<SeededMutant> ALL =
      List.of(
          in(
              "resource",
              "resource.HttpSignatures",
              "DemandedSignature.read(jose, clients.get(), message, now)",
              "new LinkedContent(request.headers())",
              "HS-5.3.1.2-1",
              "HS-5.3.1.2-2",
              "HS-5.3.1.2-3",
              "HS-5.3.1.2-4",
              "HS-5.3.1.2-5",
              "HS-5.3.1.2-6",
              "HS-5.3.1.2-7",
              "ATT-65"),
          in(
              "resource",
              "resource.DemandedSignature",
              "clients.of(token.claims().clientId(), presented.keyid().orElse(\"\"))",
              "clients.of(new dev.countersign.protocol.oauth.ClientId(\"other\"),"
                  + " presented.keyid().orElse(\"\"))",
              "HS-5.3.1.2-1",
              "ATT-65"),
          in(
              "resource",
              "resource.DemandedSignature",
              "return signature.content(content);",
              """
              if (content.length == 0) {
                signature.content(content);
              }
              return content;
              """,
              "HS-5.3.1.2-8",
              "ATT-66"),
          in(
              "resource",
              "resource.RequestSignature",
              "return Refusal.http(401,",
              "return Refusal.http(400,",
              "HS-5.3.1.2-3"),
          in(
              "resource",
              "resource.Answers",
              "all.addAll(signer.sign(answer.status(), all, new byte[0]));",
              "",
              "HS-5.3.2.1-1"),
          in(
              "resource",
              "resource.HttpSignatures",
              "responses.isPresent() && !isSignable(message)",
              "clients.isEmpty() && !isSignable(message)",
              "HS-5.3.2.1-1",
              "HS-5.3.1.2-3"),
          in(
              "resource",
              "resource.HttpSignatures",
              "new ResponseSigner(jose, responses.get().current(), message.get(), fields, clock)",
              """
              new ResponseSigner(
                  jose,
                  responses.get().current(),
                  RequestMessage.of(
                      request.method(),
                      publicUrl.target(request).orElseThrow(),
                      dev.countersign.protocol.http.Headers.NONE),
                  fields,
                  clock)
              """,
              "HS-5.3.2.1-2",
              "HS-5.3.2.1-3"),
          in(
              "resource",
              "resource.ResponseSigner",
              "ResponseMessage.of(status,",
              "ResponseMessage.of(200,",
              "HS-5.3.2.1-4"),
          in(
              "resource",
              "resource.ResponseSigner",
              "content, clock.instant());",
              "content, clock.instant().minusSeconds(90));",
              "HS-5.3.2.1-5"),
          in(
              "resource",
              "resource.ResponseSigner",
              "more, content, clock",
              "more, new byte[0], clock",
              "HS-5.3.2.1-7"),
          in(
              "resource-servlet",
              "resource.servlet.SignedAnswer",
              "      keepFromCompression(response);\n",
              "",
              "HS-5.3.2.1-7",
              "ATT-66"),
          in(
              "resource-servlet",
              "resource.servlet.SignedAnswer",
              "ResourceFilter.send(admitted.sign(response.getStatus(), fields(response), content),"
                  + " response);",
              "",
              "HS-5.3.2.1-1",
              "HS-5.3.2.1-4"),
          in(
              "client",
              "client.SignedCall",
              "added.forEach(field -> attempt.setHeader(field.getKey(), field.getValue()));",
              "",
              "HS-5.3.1.1-1",
              "HS-5.3.1.1-5"),
          in(
              "client",
              "client.SignedCall",
              "message(unsigned.method(), fields(unsigned))",
              "message(\"PUT\", fields(unsigned))",
              "HS-5.3.1.1-2"),
          in(
              "client",
              "client.SignedCall",
              "ResourceServerKeys.origin(target) + path + query",
              "ResourceServerKeys.origin(target) + path",
              "HS-5.3.1.1-3"),
          in(
              "client",
              "client.SignedCall",
              "            signatures.time().instant());\n    added",
              "            signatures.time().instant().minusSeconds(90));\n    added",
              "HS-5.3.1.1-4"),
          in(
              "client",
              "client.DpopSender",
              "return sendUnproved(call.server(), call.finish().apply(request));",
              """
              HttpRequest signed = call.finish().apply(call.request().get());
              HttpRequest.Builder late =
                  HttpRequest.newBuilder(signed, (name, value) -> true)
                      .setHeader(DpopProof.HEADER, proof);
              return sendUnproved(call.server(), late.build());
              """,
              "HS-5.3.1.1-7"),
          in(
              "client",
              "client.SignedCall",
              "this.content = request.body();",
              "this.content = new byte[0];",
              "HS-5.3.1.1-8"),
          in(
              "client",
              "client.HttpSignatures",
              "    keys.require(request.target());\n",
              "",
              "HS-5.3.2.2-1"),
          in(
              "client",
              "client.SignedCall",
              "ResponseMessage.of(answer.status(), answer.headers(), request)",
              "ResponseMessage.of(200, answer.headers(), request)",
              "HS-5.3.2.2-3"),
          in(
              "client",
              "client.SignedCall",
              "sent = Optional.of(message(signed.method(), fields(signed)));",
              "sent = sent.or(() -> Optional.of(message(signed.method(), fields(signed))));",
              "HS-5.3.2.2-N",
              "ATT-64"),
          in(
              "client",
              "client.ResourceCalls",
              "ResourceResponse.signed(answer, signed.verified(answer), tokens.interactionId())",
              "new ResourceResponse(answer, tokens.interactionId())",
              "HS-5.3.2.2-1",
              "HS-5.3.2.2-2",
              "HS-5.3.2.2-4",
              "HS-5.3.2.2-5",
              "ATT-64",
              "ATT-66"));

  private HttpSignatureLibraryMutants() {}
}
